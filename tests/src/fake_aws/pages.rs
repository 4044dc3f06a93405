//! The web pages for a person. Self-contained: no script, nothing from elsewhere.

const STYLE: &str = "\
:root { color-scheme: light dark; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center;
  font: 16px/1.5 system-ui, sans-serif; background: light-dark(#f3f4f6, #14171c);
  color: light-dark(#16191f, #e8eaed); }
main { width: min(26rem, 90vw); box-sizing: border-box; padding: 2rem; border-radius: 12px;
  text-align: center; background: light-dark(#fff, #1f242c);
  box-shadow: 0 1px 8px light-dark(#0002, #0008); }
h1 { margin: 0 0 .5rem; font-size: 1.35rem; }
p { margin: .25rem 0; overflow-wrap: anywhere; }
small { color: light-dark(#5a6270, #a3abb8); }
output, input { display: block; box-sizing: border-box; width: 100%; margin: 1.25rem 0;
  font: 600 2rem/1.4 ui-monospace, monospace; letter-spacing: .08em; text-align: center; }
input { padding: .25rem; border: 1px solid light-dark(#9aa1ac, #5a6270); border-radius: 8px;
  background: transparent; color: inherit; text-transform: uppercase; }
form { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: 1.25rem; }
button { flex: 1; padding: .7rem; font: inherit; font-weight: 600; cursor: pointer;
  border: 1px solid light-dark(#9aa1ac, #5a6270); border-radius: 8px;
  background: transparent; color: inherit; }
button.primary { border-color: transparent; background: #1668c7; color: #fff; }
";

/// The page of `/device` without a code, or with one that nobody waits for.
pub(super) fn enter_code(refused: Option<&str>) -> String {
    let problem = refused.map_or(String::new(), |code| {
        format!("<p role=\"alert\">No device waits with the code <b>{}</b>.</p>", escape(code))
    });
    page(
        "Enter your code",
        &format!(
            "<p>Type the code that your device shows.</p>{problem}\
             <form method=\"get\" action=\"/device\">\
             <input name=\"user_code\" aria-label=\"Code\" placeholder=\"XXXX-XXXX\" \
             autocomplete=\"off\" autofocus required>\
             <button class=\"primary\">Continue</button></form>"
        ),
    )
}

/// Asks whether a device may sign in.
pub(super) fn confirm_device(start_url: &str, client_name: &str, user_code: &str) -> String {
    let code = escape(user_code);
    page(
        "Is this the code on your device?",
        &format!(
            "{}<output>{code}</output>{}",
            who_asks(start_url, client_name),
            decision("/device", "user_code", user_code)
        ),
    )
}

/// Asks whether the client that opened the browser may sign in.
pub(super) fn authorize(start_url: &str, client_name: &str, request: &str) -> String {
    page(
        "Allow access to your AWS accounts?",
        &format!("{}{}", who_asks(start_url, client_name), decision("/authorize", "request", request)),
    )
}

/// Asks whether the client of `aws login` that opened the browser may have keys of this person.
pub(super) fn console_login(person: &str, client_id: &str, request: &str) -> String {
    page(
        "Continue with this identity?",
        &format!("{}{}", who_asks(person, client_id), decision("/v1/authorize", "request", request)),
    )
}

/// Shows a code to carry to another device.
pub(super) fn authorization_code(code: &str) -> String {
    page("Your authorization code", &format!("<p>Copy it to your terminal:</p><p><code>{}</code></p>", escape(code)))
}

/// Says one thing.
pub(super) fn notice(title: &str, sentence: &str) -> String {
    page(title, &format!("<p>{}</p>", escape(sentence)))
}

/// Makes text safe inside HTML and XML, in attributes too.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

fn who_asks(start_url: &str, client_name: &str) -> String {
    format!("<p><b>{}</b> asks to sign in to</p><p>{}</p>", escape(client_name), escape(start_url))
}

fn decision(action: &str, name: &str, value: &str) -> String {
    let value = escape(value);
    format!(
        "<form method=\"post\" action=\"{action}\">\
         <input type=\"hidden\" name=\"{name}\" value=\"{value}\">\
         <button name=\"decision\" value=\"deny\">Deny</button>\
         <button class=\"primary\" name=\"decision\" value=\"approve\">Approve</button></form>"
    )
}

/// `title` is escaped here, `content` is HTML.
fn page(title: &str, content: &str) -> String {
    let title = escape(title);
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"content-security-policy\" \
         content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n\
         <body><main><h1>{title}</h1>{content}\
         <p><small>Fake AWS, for tests and demonstrations</small></p></main></body>\n</html>\n"
    )
}
