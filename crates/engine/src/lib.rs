//! Relight's engine: reads and watches this machine's AWS files, calls AWS, and runs the core. The terminal, the tray
//! and the window are fronts of it. It names neither Tauri nor GTK and needs no display.

pub mod autostart;
pub mod aws;
pub mod aws_files;
pub mod browser;
pub mod browsers;
pub mod chance;
pub mod clock;
mod command_line;
pub mod credentials;
pub mod diagnostics;
pub mod engine;
pub mod files;
pub mod fixes;
pub mod flow_files;
pub mod identities;
pub mod locks;
pub mod log;
pub mod overheard;
pub mod paths;
pub mod permissions;
pub mod process;
pub mod programs;
pub mod read;
pub mod redirect;
pub mod settings;
pub mod signals;
pub mod state;
pub mod surroundings;
pub mod watch;
pub mod wsl;
