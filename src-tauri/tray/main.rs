//! `relight-tray`: the icon, its menu and the notices. It only translates: what is true and what to do is the core's.
//!
//! On Linux it links no GTK and no web view: the icon is a StatusNotifierItem, spoken over D-Bus.

#[cfg(target_os = "linux")]
mod linux;

fn main() -> ! {
    std::process::exit(run())
}

#[cfg(target_os = "linux")]
fn run() -> i32 {
    linux::run()
}

#[cfg(not(target_os = "linux"))]
#[expect(clippy::print_stderr, reason = "the only word it has")]
fn run() -> i32 {
    eprintln!("relight-tray has no icon for this system yet. The command line works: relight status, relight login.");
    2
}
