//! Files before and after.

use super::{Edit, EditError, Span, edit, edit_all};
use crate::ini::{Document, Encoding};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

pub(super) fn set(section: &str, key: &str, value: &str) -> Edit {
    Edit::SetKey { section: section.into(), key: key.into(), value: value.into() }
}

pub(super) fn remove(section: &str, key: &str) -> Edit {
    Edit::RemoveKey { section: section.into(), key: key.into() }
}

pub(super) fn rename(section: &str, key: &str, to: &str) -> Edit {
    Edit::RenameKey { section: section.into(), key: key.into(), to: to.into() }
}

pub(super) fn add_section(section: &str, keys: &[(&str, &str)]) -> Edit {
    let keys = keys.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect();
    Edit::AddSection { section: section.into(), keys }
}

pub(super) fn remove_section(section: &str) -> Edit {
    Edit::RemoveSection { section: section.into() }
}

pub(super) fn rename_section(section: &str, to: &str) -> Edit {
    Edit::RenameSection { section: section.into(), to: to.into() }
}

fn after(file: &str, one: &Edit) -> String {
    match edit(file.as_bytes(), one) {
        Ok(edited) => String::from_utf8(edited.bytes).unwrap(),
        Err(error) => format!("! {error}"),
    }
}

#[track_caller]
fn become_so(cases: &[(&str, Edit, &str)]) {
    for (file, edit, wanted) in cases {
        assert_eq!(after(file, edit), *wanted, "{edit:?} of {file:?}");
    }
}

#[test]
fn a_value_is_replaced_in_its_place() {
    let region = |value| set("profile a", "region", value);
    become_so(&[
        ("[profile a]\nregion = x\nk = v\n", region("y"), "[profile a]\nregion = y\nk = v\n"),
        ("[profile a]\nREGION=x \t\nk=v", region("y"), "[profile a]\nREGION=y \t\nk=v"),
        ("[profile a]\r\nregion   =\tx", region("y"), "[profile a]\r\nregion   =\ty"),
        ("[profile a]\nregion =\n", region("y"), "[profile a]\nregion = y\n"),
        ("[profile a]\nregion=", region("y"), "[profile a]\nregion=y"),
        ("[profile a]\nregion = x\n", region("x"), "[profile a]\nregion = x\n"),
        ("\u{feff}[profile a]\nregion = x\n", region("y"), "\u{feff}[profile a]\nregion = y\n"),
    ]);
}

#[test]
fn what_belongs_to_the_old_value_goes_and_comments_stay() {
    let region = |value| set("profile a", "region", value);
    become_so(&[
        // boto3 would read the comment into the value.
        ("[profile a]\nregion = x  # y ; z\nk = v\n", region("y"), "[profile a]\n# y ; z\nregion = y\nk = v\n"),
        ("[profile a]\r\nregion = # y", region("y"), "[profile a]\r\n# y\r\nregion = y"),
        ("[profile a]\nregion = x ; c\n", region("x"), "[profile a]\n; c\nregion = x\n"),
        ("[profile a]\nregion =\n  a = 1\n# c\n\n  b = 2\nk = v", region("y"), "[profile a]\nregion = y\n# c\n\nk = v"),
        // The reference grammar reads it as a second line of the value; who wrote it did not.
        ("[profile a]\nregion = x\n  # c\n  z", region("y"), "[profile a]\nregion = y\n# c\n"),
    ]);
}

#[test]
fn of_several_the_one_that_counts_is_changed() {
    become_so(&[
        ("[a]\nk = 1\nK = 2\nk = 3\n", set("a", "k", "4"), "[a]\nk = 1\nK = 2\nk = 4\n"),
        ("[a]\nk = 1\n[b]\n[a]\nk = 2\n[b]\n", set("a", "k", "4"), "[a]\nk = 1\n[b]\n[a]\nk = 4\n[b]\n"),
        ("[a]\nk = 1\n[b]\n[a]\nj = 2\n[b]\n", set("a", "k", "4"), "[a]\nk = 4\n[b]\n[a]\nj = 2\n[b]\n"),
        ("[profile a]\n[profile  a ]\nk = 1", set(" profile a", "k", "2"), "[profile a]\n[profile  a ]\nk = 2"),
    ]);
}

#[test]
fn a_missing_key_comes_behind_the_last_one() {
    become_so(&[
        ("[a]\nj = 1\n\n# of b\n[b]\n", set("a", "k", "2"), "[a]\nj = 1\nk = 2\n\n# of b\n[b]\n"),
        ("[a]\nj=1\n  more\n# c\n  more\n\n[b]", set("a", "k", "2"), "[a]\nj=1\n  more\n# c\n  more\nk=2\n\n[b]"),
        ("[a]\nj=1\ni =1\n", set("a", "k", "2"), "[a]\nj=1\ni =1\nk = 2\n"),
        ("[a] # c\r\n[b]\r\n", set("a", "k", "2"), "[a] # c\r\nk = 2\r\n[b]\r\n"),
        ("[a]", set("a", "k", "2"), "[a]\nk = 2\n"),
        ("[a]\r\nj = 1", set("a", "k", "2"), "[a]\r\nj = 1\r\nk = 2\r\n"),
        ("[a]\r\nj = 1\r", set("a", "k", "2"), "[a]\r\nj = 1\r\nk = 2\r\n"),
        ("[a]\nj = 1\n[b]\n[a]\n[c]\n", set("a", "k", "2"), "[a]\nj = 1\n[b]\n[a]\nk = 2\n[c]\n"),
    ]);
}

#[test]
fn keys_go_and_get_other_names() {
    become_so(&[
        ("[a]\n# c\nk = 1 # d\nj = 2\n", remove("a", "k"), "[a]\n# c\nj = 2\n"),
        ("[a]\nk =\n  x = 1\n# c\n  y = 2\nj = 2", remove("a", "k"), "[a]\n# c\nj = 2"),
        ("[a]\nk = 1\nK = 2\n[b]\nk = 3\n[a]\nk = 4", remove("a", "k"), "[a]\n[b]\nk = 3\n[a]\n"),
        ("[a]\nRegion = 1 # c\nREGION=2\n", rename("a", "region", "region"), "[a]\nregion = 1 # c\nregion=2\n"),
        ("[a]\nreigon = 1\n  2\n", rename("a", "reigon", "region"), "[a]\nregion = 1\n  2\n"),
    ]);
}

#[test]
fn a_new_section_comes_last() {
    let b = || add_section("profile b", &[("k", "1"), ("j", "x=y#z")]);
    let text = "[profile b]\nk = 1\nj = x=y#z\n";
    become_so(&[
        ("", b(), text),
        ("\u{feff}", b(), &format!("\u{feff}{text}")),
        ("[a]\n", b(), &format!("[a]\n\n{text}")),
        ("[a]\nk = 1", b(), &format!("[a]\nk = 1\n\n{text}")),
        ("[a]\n\n", b(), &format!("[a]\n\n{text}")),
        ("[a]\n  ", b(), &format!("[a]\n  \n{text}")),
        ("[a]\r\n", b(), &format!("[a]\r\n\r\n{}", text.replace('\n', "\r\n"))),
        ("[a]\nnothing of sense\n= 1", b(), &format!("[a]\nnothing of sense\n= 1\n\n{text}")),
        ("[a]\n", add_section("default", &[]), "[a]\n\n[default]\n"),
    ]);
}

#[test]
fn a_section_goes_with_what_is_in_it() {
    become_so(&[
        (
            "[a]\nk = 1\n\n# in b?\n[b]\nk = 1\n# in b\n\n# of c\n; too\n[c]\n",
            remove_section("b"),
            "[a]\nk = 1\n\n# in b?\n\n# of c\n; too\n[c]\n",
        ),
        ("[a]\n\n[b]\nk = 1\n  2\n\n\n[c]\n", remove_section("b"), "[a]\n\n[c]\n"),
        ("[a]\n[b]\nk = 1\n[c]\n", remove_section("b"), "[a]\n[c]\n"),
        ("[a]\n[b]\n[b]\n# of b\n[b]\nk = 1\n# of c\n[c]\n[b]\n# end\n", remove_section("b"), "[a]\n# of c\n[c]\n"),
        ("\u{feff}[b]\nk = 1", remove_section("b"), "\u{feff}"),
        ("# mine\r\n\r\n[b]\r\n", remove_section("b"), "# mine\r\n\r\n"),
    ]);
}

#[test]
fn a_header_is_written_differently() {
    become_so(&[
        ("[dev] # c\nk = 1\n", rename_section("dev", "profile dev"), "[profile dev] # c\nk = 1\n"),
        ("[profile \"dev\"]#c\n", rename_section("profile \"dev\"", "profile dev"), "[profile dev]#c\n"),
        ("[ profile   dev ]\n", rename_section("profile dev", "profile dev"), "[profile dev]\n"),
        ("[a]\n[b]\n[a]", rename_section("a", "c"), "[c]\n[b]\n[c]"),
    ]);
}

#[test]
fn the_rest_may_be_no_text_at_all() {
    let file = b"# \xff\n[a]\n\xfe = \xfd\n[b]\nk = 1\n[c]\n\xff";
    let edited = edit(file, &set("b", "k", "2")).unwrap();
    assert_eq!(edited.bytes, b"# \xff\n[a]\n\xfe = \xfd\n[b]\nk = 2\n[c]\n\xff");
    assert_eq!(format!("{edited:?}"), "Edited { spans: [Span { old: 22..23, new: 22..23 }], .. }");
    let error = edit(file, &set("a", "k", "2")).unwrap_err();
    assert_eq!(error, EditError::Broken { line: 3, trouble: crate::ini::Trouble::NotUtf8 });
}

#[test]
fn a_file_of_powershell_is_changed_in_its_place() {
    let file = Encoding::Utf16Le.bytes_of("[a]\r\nk = 🦀\r\n");
    let edited = edit(&file, &set("a", "k", "v")).unwrap();
    assert_eq!(edited.bytes, Encoding::Utf16Le.bytes_of("[a]\r\nk = v\r\n"));
    assert_eq!(edited.spans, [Span { old: 20..24, new: 20..22 }]);
    let added = edit_all(&file, &[set("a", "j", "v"), Edit::ToUtf8, set("a", "i", "w")]).unwrap();
    assert_eq!(String::from_utf8(added).unwrap(), "[a]\r\nk = 🦀\r\nj = v\r\ni = w\r\n");
}

#[test]
fn as_utf8_a_file_says_what_it_said() {
    const TEXT: &str = "# é\r\n[a]\nk = 1\r\n\n[b]";
    for encoding in [Encoding::Utf8, Encoding::Utf8Mark, Encoding::Utf16Le, Encoding::Utf16Be] {
        let edited = edit(&encoding.bytes_of(TEXT), &Edit::ToUtf8).unwrap();
        assert_eq!((edited.bytes, edited.spans.len()), (TEXT.into(), usize::from(encoding != Encoding::Utf8)));
        assert!(Document::parse(TEXT.as_bytes()).faults.is_empty());
    }
    for file in [&b"[a]\n\xFF"[..], b"\xEF\xBB\xBF[a]\n\xFF", b"\xFF\xFE[\0a\0]\0\n\0k"] {
        assert_eq!(edit(file, &Edit::ToUtf8), Err(EditError::NoText { line: 2 }), "{file:?}");
    }
    // Half a letter at the end may be the beginning of something else that was written behind it.
    assert_eq!(edit(b"\xFF\xFE[\0a\0]\0\n", &set("a", "k", "v")), Err(EditError::NoText { line: 1 }));
}

#[test]
fn faults_elsewhere_are_no_obstacle() {
    let file = "k = 0\n[a]\nnothing\n[b]\nk = 1\n[c\n  = 2";
    become_so(&[(file, set("b", "k", "2"), &file.replace("k = 1", "k = 2"))]);
}

#[test]
fn a_refusal_says_why_and_what_to_do() {
    const FILE: &str = "[a]\nk = 1\nj = 2\n[b]\nk : 1\n[c]\n  [d]\n[profile x]\n[profile  x]";
    let cases = [
        set("z", "k", "1"),
        set("b", "k", "1"),
        set("c", "k", "1"),
        remove("a", "z"),
        rename("a", "k", "j"),
        add_section("a", &[]),
        add_section("profile a b", &[]),
        add_section("other a", &[]),
        add_section("DEFAULT", &[]),
        add_section("n", &[("k", "1"), ("k", "2")]),
        rename_section("a", "c"),
        rename_section("profile x", "profile x"),
        set("a", "K", "1"),
        set("a", "k:l", "1"),
        set("a", "k", ""),
        set("a", "k", "SECRET\nx"),
        set("a", "k", "SECRET "),
        set("a", "k", "SECRET #x"),
        set("a", "k", ";SECRET"),
        set("a", "k", "SECRET\u{a0};"),
    ];
    let mut words: Vec<_> = cases.iter().map(|edit| after(FILE, edit)).collect();
    assert!(!words.concat().contains("SECRET"));
    words.push(format!("! {}", EditError::NoText { line: 2 }));
    insta::assert_snapshot!(words.join("\n"), @"
    ! [z] is not in the file. Add it first.
    ! On line 5, in the section to change, a line has no '='. Write '=' instead of ':' on line 5.
    ! The file would be read differently in another place too, so it was left as it is. Correct what else is wrong in it first, or change it in an editor.
    ! 'z' is not in [a]. Look at the file again.
    ! 'j' is there already. Change or remove it on line 3.
    ! [a] is in the file already. Change the one on line 1.
    ! Not every client would read the header [profile a b]. Write default, or a name, or profile, sso-session or services and a name; a name has letters, digits and _-/.%@:+ only.
    ! Not every client would read the header [other a]. Write default, or a name, or profile, sso-session or services and a name; a name has letters, digits and _-/.%@:+ only.
    ! Not every client would read the header [DEFAULT]. Write default, or a name, or profile, sso-session or services and a name; a name has letters, digits and _-/.%@:+ only.
    ! 'k' is given twice. Give it once.
    ! [c] is in the file already. Change the one on line 6.
    ! The file would be read differently in another place too, so it was left as it is. Correct what else is wrong in it first, or change it in an editor.
    ! Not every client would read the key 'K'. Write it with lower-case letters, digits and _-/.%@+ only.
    ! Not every client would read the key 'k:l'. Write it with lower-case letters, digits and _-/.%@+ only.
    ! The value of 'k' is empty. Give it one, or remove the key.
    ! The value of 'k' has a line break, a tab or an unusual space. Write it on one line, with plain spaces.
    ! The value of 'k' begins or ends with white space. Write it without.
    ! The value of 'k' has a '#' or ';' at its start or behind a space, where a comment begins. Write it without.
    ! The value of 'k' has a '#' or ';' at its start or behind a space, where a comment begins. Write it without.
    ! The value of 'k' has a line break, a tab or an unusual space. Write it on one line, with plain spaces.
    ! Line 2 has bytes that are no text, so the file was left as it is. Save it as UTF-8 in an editor, and look at that line there.
    ");
}

#[test]
fn several_edits_are_those_made_one_after_another() {
    let new = |name: &str| add_section(name, &[("region", "x")]);
    let files =
        ["", "[profile a]\nk = v\n# b's\n[profile b]\nk = v", "# c\r\n[profile b]\r\n\r\n\r\n[profile a]\r\n\r\n"];
    for file in files {
        let mut edits =
            Vec::from([new("profile c"), new("profile d"), set("profile d", "region", "y"), new("profile e")]);
        if !file.is_empty() {
            edits.insert(0, remove_section("profile a"));
        }
        let one_by_one = edits.iter().fold(file.to_string(), |file, one| after(&file, one));
        assert_eq!(edit_all(file.as_bytes(), &edits).map(|bytes| String::from_utf8(bytes).unwrap()), Ok(one_by_one));
    }
    let both = edit_all(
        b"# mine\n[profile a]\n[profile b]\n# c's\n[profile c]\n",
        &[remove_section("profile a"), remove_section("profile b")],
    );
    assert_eq!(both.unwrap(), b"# mine\n# c's\n[profile c]\n");
    assert_eq!(edit_all(b"", &[new("profile a"), new("profile a")]), Err(EditError::Misread));
}
