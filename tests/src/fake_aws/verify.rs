//! The verification page of the device flow: where a person compares the code and decides.

use super::answer::{Answer, Refusal};
use super::device::DeviceAuthorization;
use super::journal::Request;
use super::model::Model;
use super::pages;

impl Model {
    /// `GET` shows the page, `POST` is one of its buttons.
    pub(super) fn verify(&mut self, request: &Request) -> Result<Answer, Refusal> {
        if request.method == "POST" {
            return Ok(self.decide_device(request));
        }
        let Some(user_code) = request.query_value("user_code") else {
            return Ok(Answer::html(pages::enter_code(None)));
        };
        let typed = user_code.trim();
        let asked_for = |device: &&DeviceAuthorization| device.user_code.eq_ignore_ascii_case(typed);
        let page = match self.pending_devices().find(asked_for) {
            None => pages::enter_code(Some(&user_code)),
            Some(device) => {
                let client = self.clients.get(&device.client_id);
                let client_name = client.map_or("", |client| &client.name);
                pages::confirm_device(&device.start_url, client_name, &device.user_code)
            }
        };
        Ok(Answer::html(page))
    }

    fn decide_device(&mut self, request: &Request) -> Answer {
        let user_code = request.form_value("user_code").unwrap_or_default();
        let (decided, title) = match request.form_value("decision").as_deref() {
            Some("approve") => (self.approve(&user_code), "Request approved"),
            _ => (self.deny(&user_code), "Request denied"),
        };
        Answer::html(match decided {
            Ok(()) => pages::notice(title, "You can close this tab."),
            Err(_) => pages::enter_code(Some(&user_code)),
        })
    }
}
