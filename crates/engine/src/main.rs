//! `relight`: the command line.

mod cli;

fn main() -> ! {
    // Not by returning: threads that wait for another process's lock must not hold the end up.
    std::process::exit(cli::run())
}
