//! All that the page can ask of the program: what is true, and to do something.

use crate::state::Shared;
use relight_core::action::Action;
use relight_core::page::Page;
use relight_engine::diagnostics;
use std::sync::Arc;
use tauri::State;

/// All that the page shows, as soon as the files were read.
#[tauri::command]
pub(crate) async fn view(shared: State<'_, Arc<Shared>>) -> Result<Arc<Page>, String> {
    let mut pages = shared.page.subscribe();
    let page = pages.wait_for(Option::is_some).await.map_err(|_| ENDED.to_owned())?;
    page.clone().ok_or_else(|| ENDED.to_owned())
}

/// Does what a person asked for. What comes of it shows in the page; only what is to be copied comes back.
#[tauri::command]
pub(crate) async fn act(action: Action, shared: State<'_, Arc<Shared>>) -> Result<Option<String>, String> {
    if action == Action::CopyDiagnostics {
        let page = shared.page.borrow().clone().ok_or("The files are not read yet. Try again in a moment.")?;
        let shared = Arc::clone(&shared);
        let text = tauri::async_runtime::spawn_blocking(move || diagnostics::text(&page, &shared.paths)).await;
        return text.map(Some).map_err(|error| format!("The diagnostics could not be gathered: {error}."));
    }
    if shared.act(action) { Ok(None) } else { Err("The files are not read yet. Try again in a moment.".to_owned()) }
}

const ENDED: &str = "Relight is ending. Open it again.";
