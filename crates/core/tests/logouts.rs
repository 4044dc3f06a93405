//! What a sign-out removes from this machine.

use crate::simulation::{CORP, Machine, corp, login, login_token, minutes};
use relight_core::app::Event;
use relight_core::flow::Answer;

const ROLES: &str = "\
    [profile deploy]\nrole_arn = arn:aws:iam::222222222222:role/Deploy\nsource_profile = dev\n\
    [profile far]\nrole_arn = arn:aws:iam::333333333333:role/Far\nsource_profile = deploy\n\
    [profile jane]\nlogin_session = arn:aws:iam::111122223333:user/me\n\
    [profile hers]\nrole_arn = arn:aws:iam::222222222222:role/Hers\nsource_profile = jane\n\
    [profile keyed]\nrole_arn = arn:aws:iam::222222222222:role/Keyed\nsource_profile = key\n\
    [profile other]\nsso_start_url = https://other.awsapps.com/start\nsso_region = us-east-1\n\
    sso_account_id = 111122223333\nsso_role_name = R\n";
const KEY: &str = "[key]\naws_access_key_id = AKIADUMMY\naws_secret_access_key = DUMMY\n";

#[test]
fn the_roles_that_a_session_led_to_go_with_it_and_no_others() {
    let mut machine = Machine::with_credentials(&format!("{CORP}{ROLES}"), KEY);
    assert_eq!(machine.app.world.role_files().count(), 6);
    machine.token(&corp(), minutes(10), minutes(30), None);
    machine.answers.push_back(Ok(Answer::LoggedOut));
    machine.event(Event::Logout(vec![corp()]));
    assert!(machine.log.contains(&"remove the token and 3 role caches".to_owned()), "{:?}", machine.log);
    machine.login(&login_token(machine.now + minutes(15), Some(machine.now)));
    machine.event(Event::Logout(vec![login()]));
    assert!(machine.log.contains(&"remove the login and 1 role caches".to_owned()), "{:?}", machine.log);
}
