//! Why a browser of Windows cannot come back to WSL.

/// What a try of the way from Windows to a port of WSL showed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CutOff {
    /// No program of Windows starts here: nobody can try, and no browser of Windows opens.
    NoInterop,
    /// Windows gets another answer on that port, or none.
    NotReached,
}

impl CutOff {
    pub(super) fn sentence(self) -> &'static str {
        match self {
            Self::NoInterop => "No program of Windows starts from this WSL distribution (its interop is off).",
            Self::NotReached => {
                "Windows does not reach 127.0.0.1 of this WSL distribution (localhostForwarding is off in .wslconfig, or a VPN is in between)."
            }
        }
    }
}
