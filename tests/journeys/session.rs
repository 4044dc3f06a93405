//! A person's session on a private desktop: a panel, profiles, and an AWS to sign in to.

use crate::setting::{LONG, Result, aws, config};
use relight_tests::desktop::{Desktop, Program, Tray, WebView};
use relight_tests::fake_aws::FakeAws;
use relight_tests::world::{World, program};

/// The class of the window's program.
pub(crate) const WINDOW: &str = "relight-window";

pub(crate) struct Session {
    pub(crate) desktop: Desktop,
    pub(crate) world: World,
    pub(crate) aws: FakeAws,
}

impl Session {
    pub(crate) fn start() -> Result<Self> {
        let session = Self::without_panel()?;
        session.desktop.start_panel()?;
        Ok(session)
    }

    /// As on a desktop that shows no tray icons.
    pub(crate) fn without_panel() -> Result<Self> {
        let desktop = Desktop::start()?;
        let aws = aws();
        let world = World::at(desktop.home(), desktop.envs())?;
        world.write(".aws/config", config(&aws))?;
        Ok(Self { desktop, world, aws })
    }

    /// Starts the tray, and waits until the panel has its icon.
    pub(crate) fn tray(&self) -> Result<(Program, Tray)> {
        let program = self.desktop.run(&mut self.world.program("relight-tray")?)?;
        Ok((program, self.desktop.wait_for_tray(LONG)?))
    }

    /// Starts the window, driven.
    pub(crate) fn window(&self) -> Result<WebView> {
        let mut driver = self.world.command("WebKitWebDriver");
        Ok(self.desktop.drive(&mut driver, &program(WINDOW)?)?)
    }

    /// The page that the browser was asked to open, once it was.
    pub(crate) fn page(&self) -> Result<String> {
        Ok(self.world.wait_for_page(1)?)
    }
}

/// Waits until the tooltip holds `words`.
pub(crate) fn until_it_says(tray: &Tray, words: &str) -> Result<()> {
    tray.wait_until(LONG, |tray| {
        let (title, text) = tray.tooltip()?;
        Ok(title.contains(words) || text.contains(words))
    })?;
    Ok(())
}
