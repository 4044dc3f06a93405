//! Whether this machine is one that a person's browser cannot come back to.

use alloc::string::String;
use core::fmt;

/// Machines whose loopback address is not that of the person's browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remote {
    /// Reached by SSH.
    Ssh,
    /// A container of any make.
    Container,
    /// A development environment in a cloud: AWS `CloudShell`, GitHub Codespaces, Gitpod.
    Cloud,
    /// The Windows Subsystem for Linux: the browser is that of Windows, whose loopback leads here unless that is switched
    /// off.
    Wsl,
}

/// What container engines put into a container's root.
const CONTAINER_MARKS: [&str; 2] = ["/.dockerenv", "/run/.containerenv"];
/// What WSL makes in each distribution, whatever variables `sudo` or systemd leave; a container has none of it.
const WSL_MARK: &str = "/run/WSL";

impl Remote {
    /// `variable` gives the value of one that is set and not empty; `exists` tells whether there is such a file.
    pub fn find(variable: impl Fn(&str) -> Option<String>, exists: impl Fn(&str) -> bool) -> Option<Self> {
        let is_set = |name: &str| variable(name).is_some();
        let is_cloud_shell =
            || variable("AWS_EXECUTION_ENV").is_some_and(|name| name.eq_ignore_ascii_case("CloudShell"));
        if is_set("CODESPACES") || is_set("GITPOD_WORKSPACE_ID") || is_cloud_shell() {
            return Some(Self::Cloud);
        }
        if is_set("SSH_CONNECTION") || is_set("SSH_TTY") || is_set("SSH_CLIENT") {
            return Some(Self::Ssh);
        }
        // systemd-nspawn, podman and toolbox set it; "flatpak" and "snap" share the host's network, and systemd says "wsl".
        let engine = variable("container").filter(|engine| !["flatpak", "snap", "wsl"].contains(&engine.as_str()));
        let is_container = engine.is_some() || CONTAINER_MARKS.iter().any(|mark| exists(mark));
        // Where there is a display, the browser is beside this program.
        let has_display = is_set("DISPLAY") || is_set("WAYLAND_DISPLAY");
        if is_set("REMOTE_CONTAINERS") || is_container && !has_display {
            return Some(Self::Container);
        }
        (is_set("WSL_DISTRO_NAME") || is_set("WSL_INTEROP") || exists(WSL_MARK)).then_some(Self::Wsl)
    }
}

impl fmt::Display for Remote {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Ssh => "a remote shell",
            Self::Container => "a container",
            Self::Cloud => "a machine in a cloud",
            Self::Wsl => "WSL",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::borrow::ToOwned;

    fn find(set: &[(&str, &str)], files: &[&str]) -> Option<Remote> {
        let variable = |name: &str| set.iter().find(|(set, _)| *set == name).map(|(_, value)| (*value).to_owned());
        Remote::find(variable, |path| files.contains(&path))
    }

    #[test]
    fn remote_shells_containers_and_clouds_are_found() {
        assert_eq!(find(&[("HOME", "/home/me")], &[]), None);
        assert_eq!(find(&[("SSH_CONNECTION", "10.0.0.1 22")], &[]), Some(Remote::Ssh));
        assert_eq!(find(&[("SSH_TTY", "/dev/pts/0")], &["/.dockerenv"]), Some(Remote::Ssh));
        assert_eq!(find(&[], &["/run/.containerenv"]), Some(Remote::Container));
        assert_eq!(find(&[("container", "podman")], &[]), Some(Remote::Container));
        assert_eq!(find(&[("container", "podman"), ("DISPLAY", ":0")], &[]), None);
        assert_eq!(find(&[("REMOTE_CONTAINERS", "true"), ("DISPLAY", ":0")], &[]), Some(Remote::Container));
        assert_eq!(find(&[("container", "flatpak")], &[]), None);
        assert_eq!(find(&[("AWS_EXECUTION_ENV", "CloudShell")], &[]), Some(Remote::Cloud));
        assert_eq!(find(&[("AWS_EXECUTION_ENV", "AWS_Lambda")], &[]), None);
    }

    #[test]
    fn wsl_is_found_also_where_sudo_or_systemd_left_no_variables() {
        assert_eq!(find(&[("WSL_DISTRO_NAME", "Ubuntu"), ("DISPLAY", ":0")], &[]), Some(Remote::Wsl));
        assert_eq!(find(&[("container", "wsl")], &["/run/WSL"]), Some(Remote::Wsl));
        assert_eq!(find(&[("WSL_DISTRO_NAME", "Ubuntu"), ("SSH_TTY", "/dev/pts/0")], &["/run/WSL"]), Some(Remote::Ssh));
        assert_eq!(find(&[("WSL_DISTRO_NAME", "Ubuntu")], &["/.dockerenv"]), Some(Remote::Container));
    }
}
