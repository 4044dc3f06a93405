# shellcheck shell=bash
# Cargo that builds for Windows and runs it under wine. Sourced.
#
# Debian's own compiler, because its package of sources makes the standard library for any target, and rustup's targets
# need a download.
windows=$PWD/target/windows
export PATH=/usr/bin:$PATH RUSTC=/usr/bin/rustc RUSTDOC=/usr/bin/rustdoc
export CARGO_BUILD_TARGET=x86_64-pc-windows-gnu CARGO_TARGET_DIR=$windows/cargo
export CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER=x86_64-w64-mingw32-gcc
export CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUSTFLAGS="--sysroot=$windows/sysroot"
export CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER=/usr/lib/wine/wine64
export CC_x86_64_pc_windows_gnu=x86_64-w64-mingw32-gcc CXX_x86_64_pc_windows_gnu=x86_64-w64-mingw32-g++
export AR_x86_64_pc_windows_gnu=x86_64-w64-mingw32-ar
# Of its own, without sound, browsers and crash windows.
export WINEARCH=win64 WINEPREFIX=$windows/prefix WINEDEBUG=-all WINEDLLOVERRIDES="mscoree=;mshtml=;winedbg.exe=d"
unset RUSTUP_TOOLCHAIN RUSTC_BOOTSTRAP RUSTFLAGS
