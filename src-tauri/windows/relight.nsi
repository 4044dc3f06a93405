; Relight's installer for Windows: for one person, without administrator rights. dev.d/windows/installer.sh makes it.
;
;   Relight-setup.exe /S [/STARTATLOGIN] [/NOPATH] [/D=FOLDER]    installs without asking
;   uninstall.exe /S [/FORGET]                                    removes; with /FORGET Relight's own data too
;
; Given by the script: PROGRAMS (the folder of what is installed), OUT, VERSION (three numbers).
Target amd64-unicode
SetCompressor ${COMPRESSOR}
!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include Sections.nsh
!include WinMessages.nsh

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Relight"
!define RUN "Software\Microsoft\Windows\CurrentVersion\Run"
!define APPROVED "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
!define TOASTS "Software\Classes\AppUserModelId\dev.relight.Relight"

Name "Relight"
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\Relight"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"
BrandingText "Relight ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "Relight"
VIAddVersionKey FileDescription "Relight's installer"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey LegalCopyright "Apache License 2.0"

!define MUI_ICON "${PROGRAMS}\relight.ico"
!define MUI_UNICON "${PROGRAMS}\relight.ico"
!define MUI_COMPONENTSPAGE_SMALLDESC
!define MUI_FINISHPAGE_RUN "$INSTDIR\relight-tray.exe"
!define MUI_FINISHPAGE_RUN_PARAMETERS "--window"
!define MUI_FINISHPAGE_RUN_TEXT "Start Relight"
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE English

; Puts the program's name into $0 if it runs.
!macro is_free program
    ${If} ${FileExists} "$INSTDIR\${program}"
        ClearErrors
        FileOpen $2 "$INSTDIR\${program}" a
        ${If} ${Errors}
            StrCpy $0 "${program}"
        ${Else}
            FileClose $2
        ${EndIf}
    ${EndIf}
!macroend

; Windows cannot replace a program that runs. What Relight keeps is written whole, so ending it loses nothing.
!macro end_relight un
Function ${un}end_relight
    StrCpy $1 0
    ${Do}
        StrCpy $0 ""
        !insertmacro is_free "relight-tray.exe"
        !insertmacro is_free "relight-window.exe"
        !insertmacro is_free "relight.exe"
        ${If} $0 == ""
            ${ExitDo}
        ${EndIf}
        ${If} $1 = 0
            MessageBox MB_OKCANCEL|MB_ICONINFORMATION "Relight is running. It is ended now; you stay signed in." /SD IDOK IDOK +2
            Abort
        ${EndIf}
        ${If} $1 = 20
            MessageBox MB_OK|MB_ICONSTOP "$0 is still running. End it, and try again." /SD IDOK
            SetErrorLevel 3
            Abort
        ${EndIf}
        nsExec::Exec 'taskkill /F /IM "$0"'
        Pop $2
        IntOp $1 $1 + 1
        Sleep 250
    ${Loop}
FunctionEnd
!macroend
!insertmacro end_relight ""
!insertmacro end_relight "un."

; Terminals that are opened from now on see the variable as it is.
!macro tell_of_path
    SendMessage ${HWND_BROADCAST} ${WM_SETTINGCHANGE} 0 "STR:Environment" /TIMEOUT=5000
!macroend

Section "Relight" relight
    SectionIn RO
    Call end_relight
    SetOutPath "$INSTDIR"
    File "${PROGRAMS}\relight.exe"
    File "${PROGRAMS}\relight-tray.exe"
    File "${PROGRAMS}\relight-window.exe"
    File "${PROGRAMS}\relight.png"
    File "${PROGRAMS}\LICENSE.txt"
    ; Programs made by GCC load WebView2's loader from beside them; those made by MSVC have it inside.
    File /nonfatal "${PROGRAMS}\WebView2Loader.dll"
    CreateShortcut "$SMPROGRAMS\Relight.lnk" "$INSTDIR\relight-tray.exe" "--window"
    WriteUninstaller "$INSTDIR\uninstall.exe"
    WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Relight"
    WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
    WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\relight-tray.exe"
    WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
    WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
    WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
    WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
    WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
    ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
    WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" $0
SectionEnd

Section "The command relight in terminals" path
    ExecWait '"$INSTDIR\relight-tray.exe" --on-path true'
    !insertmacro tell_of_path
SectionEnd

Section /o "Start when I log in" login
    ExecWait '"$INSTDIR\relight-tray.exe" --start-at-login true'
SectionEnd

; What was chosen before, and is not any more.
Section "-unchosen"
    ${IfNot} ${SectionIsSelected} ${path}
        ExecWait '"$INSTDIR\relight-tray.exe" --on-path false'
        !insertmacro tell_of_path
    ${EndIf}
    ReadRegStr $0 HKCU "${RUN}" "Relight"
    ${IfNot} ${SectionIsSelected} ${login}
    ${AndIf} $0 != ""
        ExecWait '"$INSTDIR\relight-tray.exe" --start-at-login false'
    ${EndIf}
SectionEnd

LangString about_relight ${LANG_ENGLISH} "The tray, the window and the command line."
LangString about_path ${LANG_ENGLISH} "Adds Relight's folder to your own Path."
LangString about_login ${LANG_ENGLISH} "The window's settings and the Task Manager change it later."
!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
!insertmacro MUI_DESCRIPTION_TEXT ${relight} $(about_relight)
!insertmacro MUI_DESCRIPTION_TEXT ${path} $(about_path)
!insertmacro MUI_DESCRIPTION_TEXT ${login} $(about_login)
!insertmacro MUI_FUNCTION_DESCRIPTION_END

Function .onInit
    SetShellVarContext current
    ReadRegStr $0 HKCU "${RUN}" "Relight"
    ${If} $0 != ""
        !insertmacro SelectSection ${login}
    ${EndIf}
    ${GetParameters} $0
    ClearErrors
    ${GetOptions} $0 "/STARTATLOGIN" $1
    ${IfNot} ${Errors}
        !insertmacro SelectSection ${login}
    ${EndIf}
    ClearErrors
    ${GetOptions} $0 "/NOPATH" $1
    ${IfNot} ${Errors}
        !insertmacro UnselectSection ${path}
    ${EndIf}
FunctionEnd

Function un.onInit
    SetShellVarContext current
FunctionEnd

Section "Uninstall"
    Call un.end_relight
    ExecWait '"$INSTDIR\relight-tray.exe" --on-path false'
    !insertmacro tell_of_path
    ReadRegStr $0 HKCU "${RUN}" "Relight"
    ${If} $0 == '"$INSTDIR\relight-tray.exe"'
        DeleteRegValue HKCU "${RUN}" "Relight"
        DeleteRegValue HKCU "${APPROVED}" "Relight"
    ${EndIf}
    Delete "$SMPROGRAMS\Relight.lnk"
    ; By name: what a person put beside them stays.
    Delete "$INSTDIR\relight.exe"
    Delete "$INSTDIR\relight-tray.exe"
    Delete "$INSTDIR\relight-window.exe"
    Delete "$INSTDIR\relight.png"
    Delete "$INSTDIR\LICENSE.txt"
    Delete "$INSTDIR\WebView2Loader.dll"
    Delete "$INSTDIR\uninstall.exe"
    RMDir "$INSTDIR"
    DeleteRegKey HKCU "${TOASTS}"
    DeleteRegKey HKCU "${UNINSTALL}"
    ; Relight's own data, never the AWS files: those are the person's, and of all of AWS's tools.
    ${GetParameters} $0
    ClearErrors
    ${GetOptions} $0 "/FORGET" $1
    ${If} ${Errors}
        MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "Remove Relight's own data as well: its settings, what it learned, and its log?$\r$\n$\r$\nYour AWS files stay as they are in any case, and you stay signed in." /SD IDNO IDYES forget
        Goto done
    ${EndIf}
    forget:
        RMDir /r "$APPDATA\relight"
        RMDir /r "$LOCALAPPDATA\relight"
        ; What the window's web view keeps.
        RMDir /r "$LOCALAPPDATA\dev.relight.Relight"
    done:
SectionEnd
