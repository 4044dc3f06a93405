//! What stands between a person and AWS: proxies, and networks that look into TLS.

use crate::setting::{Result, aws};
use relight_tests::fake_aws::{Network, Organisation};
use relight_tests::world::{FUSE, Printed, World, run};

const OIDC: &str = "oidc.us-east-1.amazonaws.com";

/// A profile without any endpoint of its own: the calls go to AWS's own host names.
const CONFIG: &str = "[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\n\n\
                      [profile dev]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = ReadOnly\n";

fn login(world: &World, variables: &[(&str, &str)]) -> Result<Printed> {
    let mut command = world.program("relight")?;
    command.args(["login", "corp", "--flow", "device"]).envs(variables.iter().copied());
    Ok(run(&mut command)?)
}

#[test]
fn https_proxy_and_ca_bundle_lead_to_aws() -> Result<()> {
    let aws = aws();
    aws.auto_approve(true);
    let network = Network::before(&aws, &[OIDC])?;
    let world = World::new()?;
    world.write(".aws/config", CONFIG)?;
    let bundle = world.write("ca.pem", network.authority())?;
    let bundle = bundle.to_string_lossy();
    let printed = login(&world, &[("HTTPS_PROXY", &network.proxy()), ("AWS_CA_BUNDLE", &bundle)])?;
    assert_eq!(printed.code, Some(0), "{}", printed.err);
    let tunnels = network.tunnels();
    assert!(
        !tunnels.is_empty() && tunnels.iter().all(|host| host == "oidc.us-east-1.amazonaws.com:443"),
        "{tunnels:?}"
    );

    let strange = login(&world, &[("HTTPS_PROXY", &network.proxy())])?;
    assert_eq!(strange.code, Some(3));
    assert!(strange.err.contains("certificate"), "an authority that nobody knows is not trusted: {}", strange.err);
    Ok(())
}

#[test]
fn each_partition_and_wish_has_its_host() -> Result<()> {
    const CORP: &str = "https://corp.awsapps.com/start";
    const NEW: &str = "https://ssoins-1.portal.eu-west-1.app.aws";
    let fips = [("AWS_USE_FIPS_ENDPOINT", "true")];
    let dual_stack = [("AWS_USE_DUALSTACK_ENDPOINT", "true")];
    // Start URL, region, variables, host.
    let cases: [(_, _, &[_], _); 7] = [
        (CORP, "eu-west-1", &[], "oidc.eu-west-1.amazonaws.com"),
        (NEW, "eu-west-1", &[], "oidc.eu-west-1.api.aws"),
        (CORP, "us-east-2", &fips, "oidc-fips.us-east-2.amazonaws.com"),
        (CORP, "us-east-2", &dual_stack, "oidc.us-east-2.api.aws"),
        (CORP, "us-gov-west-1", &fips, "oidc.us-gov-west-1.amazonaws.com"),
        (CORP, "cn-north-1", &[], "oidc.cn-north-1.amazonaws.com.cn"),
        (CORP, "eusc-de-east-1", &[], "oidc.eusc-de-east-1.amazonaws.eu"),
    ];
    let aws = aws();
    aws.add_organisation(Organisation::example(NEW));
    aws.auto_approve(true);
    for (start_url, region, variables, host) in cases {
        let network = Network::before(&aws, &[host])?;
        let world = World::new()?;
        let config = CONFIG.replace(CORP, start_url).replace("us-east-1", region);
        world.write(".aws/config", config)?;
        let bundle = world.write("ca.pem", network.authority())?;
        let (proxy, bundle) = (network.proxy(), bundle.to_string_lossy().into_owned());
        let around = [("HTTPS_PROXY", proxy.as_str()), ("AWS_CA_BUNDLE", bundle.as_str())];
        let printed = login(&world, &[&around, variables].concat())?;
        assert_eq!(printed.code, Some(0), "{host}: {}", printed.err);
        let tunnels = network.tunnels();
        assert!(!tunnels.is_empty() && tunnels.iter().all(|name| *name == format!("{host}:443")), "{tunnels:?}");
    }
    Ok(())
}

#[test]
fn no_proxy_goes_past_the_proxy() -> Result<()> {
    let aws = aws();
    aws.auto_approve(true);
    let network = Network::before(&aws, &[])?;
    let world = World::new()?;
    world.write(".aws/config", format!("{CONFIG}endpoint_url = {}\n", network.url()))?;
    let bundle = world.write("ca.pem", network.authority())?;
    let bundle = bundle.to_string_lossy();
    let through = login(&world, &[("HTTPS_PROXY", FUSE), ("AWS_CA_BUNDLE", &bundle)])?;
    assert_eq!(through.code, Some(3), "nothing listens where the proxy should: {}", through.err);
    let past = login(&world, &[("HTTPS_PROXY", FUSE), ("AWS_CA_BUNDLE", &bundle), ("NO_PROXY", "localhost")])?;
    assert_eq!(past.code, Some(0), "{}", past.err);
    Ok(())
}

#[test]
fn a_bundle_that_is_none_says_so() -> Result<()> {
    let aws = aws();
    let network = Network::before(&aws, &[])?;
    let world = World::new()?;
    world.write(".aws/config", format!("{CONFIG}endpoint_url = {}\n", network.url()))?;
    let bundle = world.write("ca.pem", "hello")?;
    let printed = login(&world, &[("AWS_CA_BUNDLE", &bundle.to_string_lossy()), ("NO_PROXY", "localhost")])?;
    assert_eq!(printed.code, Some(3));
    assert!(printed.err.contains("AWS_CA_BUNDLE names ") && printed.err.contains("PEM"), "{}", printed.err);
    Ok(())
}
