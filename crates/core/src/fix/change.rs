//! What Relight itself changes to mend something: shown line by line before it is done.

use super::diff;
use crate::config::{FileKind, Files, SessionId};
use crate::ini::{self, Edit, EditError, Encoding};
use crate::text::word;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use serde::Serialize;

/// A change of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Change {
    /// The file, as a person would write it.
    pub file: String,
    /// What will be different: lines that go begin with `-`, new ones with `+`, and those that say where with a space.
    /// What may be a secret is masked.
    pub diff: Vec<String>,
    /// How it is taken back, as a sentence.
    pub undo: String,
    /// What is done.
    #[serde(skip)]
    pub step: Step,
}

/// What is done to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The config or credentials file is edited in place, with a backup.
    Edit(FileKind, Vec<Edit>),
    /// Files and folders get these permissions.
    Restrict(Vec<Restricted>),
    /// The damaged token file of this session gets another name.
    SetAside(SessionId),
}

/// The permissions of a file as they shall be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restricted {
    /// Its path on this machine.
    pub path: String,
    /// The mode that was seen, without the file's type.
    pub from: u32,
    /// The mode that it gets.
    pub to: u32,
}

impl Change {
    /// Edits of a file; the error says why one cannot be made. None where the file says so already.
    pub fn edit(files: &Files, kind: FileKind, edits: Vec<Edit>) -> Result<Option<Self>, EditError> {
        let mut bytes = match kind {
            FileKind::Config => files.config.bytes(),
            FileKind::Credentials => files.credentials.bytes(),
        }
        .to_vec();
        let mut lines = Vec::new();
        if Encoding::of(&bytes).is_utf16() {
            // Most clients read nothing of such a file: what is in it is looked at once they do.
            if edits != [Edit::ToUtf8] {
                return Ok(None);
            }
            ini::edit(&bytes, &Edit::ToUtf8)?;
            let lines = Vec::from(["- in UTF-16".into(), "+ in UTF-8, the same words".into()]);
            return Ok(Some(Self::of_edits(files, kind, edits, lines)));
        }
        for edit in &edits {
            let edited = ini::edit(&bytes, edit)?;
            for line in diff::lines(&bytes, &edited) {
                // One header for several edits in its section.
                if !line.starts_with(' ') || lines.iter().rfind(|line: &&String| line.starts_with(' ')) != Some(&line) {
                    lines.push(line);
                }
            }
            bytes = edited.bytes;
        }
        let is_new = !lines.is_empty();
        Ok(is_new.then(|| Self::of_edits(files, kind, edits, lines)))
    }

    fn of_edits(files: &Files, kind: FileKind, edits: Vec<Edit>, diff: Vec<String>) -> Self {
        let file = files.path(kind);
        let undo = format!("{file} as it was stays beside it as a backup.");
        Self { file: file.into(), diff, undo, step: Step::Edit(kind, edits) }
    }

    /// Permissions for their owner alone; `shown` is what to call the files.
    pub fn restrict(shown: &str, all: Vec<Restricted>) -> Self {
        let mut diff: Vec<String> = Vec::new();
        for (sign, mode) in [('-', (|one: &Restricted| one.from) as fn(&Restricted) -> u32), ('+', |one| one.to)] {
            for line in all.iter().map(|one| format!("{sign} mode {:04o}", mode(one))) {
                if !diff.contains(&line) {
                    diff.push(line);
                }
            }
        }
        let undo = Self::undo_of_restricted(&all.iter().collect::<Vec<_>>());
        let undo =
            undo.map_or_else(|| "Give them back by hand.".into(), |command| format!("To take it back: {command}"));
        Self { file: shown.into(), diff, undo, step: Step::Restrict(all) }
    }

    /// A command that gives files the permissions back that they had; none where a name in it is nothing for a shell.
    pub fn undo_of_restricted(all: &[&Restricted]) -> Option<String> {
        let mut modes: BTreeMap<u32, String> = BTreeMap::new();
        for one in all {
            let files = modes.entry(one.from).or_default();
            files.push(' ');
            files.push_str(&word(&one.path)?);
        }
        let commands: Vec<_> = modes.iter().map(|(mode, files)| format!("chmod {mode:04o}{files}")).collect();
        Some(commands.join(" && "))
    }

    /// The file gets another name beside itself, and stays.
    pub fn set_aside(file: &str, session: &SessionId) -> Self {
        let name = file.rsplit('/').next().unwrap_or(file);
        Self {
            file: file.into(),
            diff: Vec::from([format!("- {name}"), format!("+ {name}{SET_ASIDE}")]),
            undo: "The file stays, under its new name.".into(),
            step: Step::SetAside(session.clone()),
        }
    }
}

/// Behind the name of a file that was set aside: no client reads what ends with it.
pub const SET_ASIDE: &str = ".damaged";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ini::Document;

    fn files(config: &str, credentials: &str) -> Files {
        Files {
            config: Document::parse(config.as_bytes()),
            credentials: Document::parse(credentials.as_bytes()),
            config_path: "~/.aws/config".into(),
            credentials_path: "~/.aws/credentials".into(),
        }
    }

    fn said(change: Result<Option<Change>, EditError>) -> String {
        match change {
            Ok(Some(change)) => format!("{}\n{}\n{}", change.file, change.diff.join("\n"), change.undo),
            Ok(None) => "nothing".into(),
            Err(error) => format!("{error}"),
        }
    }

    #[test]
    fn an_edit_shows_its_lines_and_masks_what_may_be_a_secret() {
        let files = files(
            "[profile a]\nregion = x\n[sso-session corp]\n# mine\nsso_start_url = https://c\n\n[profile b]\nregion=y",
            "[a]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = hunter2\n# note hunter2\n[b]\nregion = x\n",
        );
        let set = |section: &str, key: &str, value: &str| Edit::SetKey {
            section: section.into(),
            key: key.into(),
            value: value.into(),
        };
        let region = Vec::from([set("sso-session corp", "sso_region", "eu-west-1")]);
        insta::assert_snapshot!(said(Change::edit(&files, FileKind::Config, region)), @"
        ~/.aws/config
          [sso-session corp]
        + sso_region = eu-west-1
        ~/.aws/config as it was stays beside it as a backup.
        ");
        let two = Vec::from([set("profile b", "region", "z"), set("profile a", "region", "z")]);
        insta::assert_snapshot!(said(Change::edit(&files, FileKind::Config, two)), @"
        ~/.aws/config
          [profile b]
        - region=y
        + region=z
          [profile a]
        - region = x
        + region = z
        ~/.aws/config as it was stays beside it as a backup.
        ");
        let remove = Vec::from([Edit::RemoveSection { section: "a".into() }]);
        insta::assert_snapshot!(said(Change::edit(&files, FileKind::Credentials, remove)), @"
        ~/.aws/credentials
        - [a]
        - aws_access_key_id = AKIA…MPLE
        - aws_secret_access_key = …
        ~/.aws/credentials as it was stays beside it as a backup.
        ");
        let same = Vec::from([set("profile b", "region", "y")]);
        assert_eq!(said(Change::edit(&files, FileKind::Config, same)), "nothing");
        let gone = Vec::from([set("profile c", "region", "y")]);
        assert_eq!(said(Change::edit(&files, FileKind::Config, gone)), "[profile c] is not in the file. Add it first.");
    }

    #[test]
    fn a_file_in_utf_16_is_written_anew_and_not_edited() {
        let mut files = files("", "");
        files.config = Document::parse(&Encoding::Utf16Le.bytes_of("[profile a]\nregion = x\n"));
        let region = Edit::SetKey { section: "profile a".into(), key: "region".into(), value: "y".into() };
        assert_eq!(said(Change::edit(&files, FileKind::Config, Vec::from([region]))), "nothing");
        insta::assert_snapshot!(said(Change::edit(&files, FileKind::Config, Vec::from([Edit::ToUtf8]))), @"
        ~/.aws/config
        - in UTF-16
        + in UTF-8, the same words
        ~/.aws/config as it was stays beside it as a backup.
        ");
    }

    #[test]
    fn permissions_and_names_are_shown_too() {
        let one = |from| Restricted { path: "/x".into(), from, to: 0o600 };
        let change = Change::restrict("~/.aws/sso/cache", Vec::from([one(0o644), one(0o664), one(0o644)]));
        assert_eq!(change.diff, ["- mode 0644", "- mode 0664", "+ mode 0600"]);
        assert_eq!(change.undo, "To take it back: chmod 0644 /x /x && chmod 0664 /x");
        let change = Change::set_aside("~/.aws/sso/cache/x.json", &SessionId::SsoSession("corp".into()));
        assert_eq!(change.diff, ["- x.json", "+ x.json.damaged"]);
    }
}
