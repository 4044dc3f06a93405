//! `relight-tray`: the icon, its menu and the notices. It only translates: what is true and what to do is the core's.
//!
//! On Linux it links no GTK and no web view: the icon is a StatusNotifierItem, spoken over D-Bus. Elsewhere it is Tauri's.
#![cfg_attr(windows, windows_subsystem = "windows")]

mod icon;
#[cfg(target_os = "linux")]
mod linux;
#[cfg(not(target_os = "linux"))]
mod native;

#[cfg(target_os = "linux")]
use linux as system;
#[cfg(not(target_os = "linux"))]
use native as system;

fn main() -> ! {
    std::process::exit(system::run())
}
