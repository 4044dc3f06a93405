//! What Windows refuses, and what is made of it. Each holds a file as other programs do: shared with nobody, or for reading
//! alone.

use super::*;
use std::os::windows::fs::OpenOptionsExt;

/// Shared by nobody, by readers, by readers and writers: all without the right to replace it.
const NOBODY: u32 = 0;
const READERS_AND_WRITERS: u32 = 3;

fn held(path: &Path, shared_by: u32) -> File {
    OpenOptions::new().read(true).share_mode(shared_by).open(path).unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    fs::read_dir(folder).unwrap().flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect()
}

#[test]
fn a_file_that_another_program_keeps_to_itself_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config");
    fs::write(&path, "text").unwrap();
    let other = held(&path, NOBODY);
    let said = read_if_there(&path).unwrap_err().to_string();
    assert_eq!(said, "another program has it open; close that program, or try again in a moment");
    drop(other);
    assert_eq!(read_if_there(&path).unwrap().unwrap(), b"text");
}

#[test]
fn a_file_that_is_being_read_is_not_replaced_and_stays_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("token.json");
    write_whole(&path, "old").unwrap();
    let other = held(&path, READERS_AND_WRITERS);
    for failed in [write_whole(&path, "new"), replace(&path, Some(b"old"), b"new").map(drop)] {
        let said = failed.unwrap_err().to_string();
        assert!(said.contains("another program has it open"), "{said}");
    }
    assert_eq!((fs::read(&path).unwrap().as_slice(), names(folder.path())), (&b"old"[..], vec!["token.json".into()]));
    drop(other);
    write_whole(&path, "new").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"new");
}

#[test]
fn a_read_only_file_is_left_alone_and_the_way_out_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("token.json");
    write_whole(&path, "old").unwrap();
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions.clone()).unwrap();
    for failed in [test_write(&path), write_whole(&path, "new"), replace(&path, Some(b"old"), b"new").map(drop)] {
        let said = failed.unwrap_err().to_string();
        assert_eq!(said, "it is marked read-only; clear that in its properties (or with 'attrib -R')");
    }
    assert_eq!((fs::read(&path).unwrap().as_slice(), names(folder.path()).len()), (&b"old"[..], 1));
    #[expect(clippy::permissions_set_readonly_false, reason = "there is one such bit here")]
    permissions.set_readonly(false);
    fs::set_permissions(&path, permissions).unwrap();
    write_whole(&path, "new").unwrap();
}

#[test]
fn a_path_of_any_length_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let deep = (0..12).fold(folder.path().to_owned(), |folder, _| folder.join("a folder with a long name"));
    let path = deep.join("config");
    assert!(path.as_os_str().len() > 300);
    write_whole(&path, "one").unwrap();
    assert!(replace(&path, Some(b"one"), b"two").unwrap());
    assert!(write_new(&deep.join("config.backup"), b"one").unwrap());
    assert!(!write_new(&deep.join("config.backup"), b"two").unwrap());
    assert_eq!((read_if_there(&path).unwrap().unwrap(), names(&deep).len()), (b"two".to_vec(), 2));
    remove(&path).unwrap();
    assert_eq!(read_if_there(&path).unwrap(), None);
}

#[test]
fn a_file_is_found_and_replaced_by_a_name_in_other_letters() {
    let folder = tempfile::tempdir().unwrap();
    write_whole(&folder.path().join("Config"), "one").unwrap();
    write_whole(&folder.path().join("config"), "two").unwrap();
    assert_eq!(read_if_there(&folder.path().join("CONFIG")).unwrap().unwrap(), b"two");
    assert_eq!(names(folder.path()).len(), 1);
    assert!(is_same_name(&folder.path().join("Config"), &folder.path().join("config")));
}
