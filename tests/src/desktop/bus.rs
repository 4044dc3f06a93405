//! The message bus for code that blocks: the only file here that knows of async.

use std::time::{Duration, Instant};

use futures_lite::StreamExt;
use serde::{Serialize, de::DeserializeOwned};
use tokio::{
    runtime::{self, Runtime},
    time,
};
use zbus::{
    Connection, MatchRule, MessageStream, connection,
    message::{Message, Type as MessageType},
    object_server::Interface,
    zvariant::{DynamicType, OwnedValue, Type, Value},
};

use super::{
    STARTUP,
    error::{Error, Result},
};

const BUS: &str = "org.freedesktop.DBus";

/// A connection with the threads that serve it. Its calls block; do not make them inside an async
/// runtime.
pub(super) struct Bus {
    // Dropped before the runtime that it needs.
    connection: Connection,
    runtime: Runtime,
}

impl Bus {
    pub(super) fn connect(address: &str) -> Result<Self> {
        Self::build(connection::Builder::address(address)?)
    }

    /// Connects and offers `interface` at `path` under a well-known name.
    pub(super) fn serve(
        address: &str,
        name: &'static str,
        path: &'static str,
        interface: impl Interface,
    ) -> Result<Self> {
        Self::build(connection::Builder::address(address)?.serve_at(path, interface)?.name(name)?)
    }

    fn build(builder: connection::Builder<'_>) -> Result<Self> {
        let runtime = runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let connection = runtime.block_on(builder.build())?;
        Ok(Self { connection, runtime })
    }

    /// Sends a signal to one program alone.
    pub(super) fn signal(
        &self,
        to: &str,
        object: Object<'_>,
        member: &str,
        body: &(impl Serialize + DynamicType),
    ) -> Result<()> {
        let sent = self.connection.emit_signal(Some(to), object.path, object.interface, member, body);
        Ok(self.runtime.block_on(sent)?)
    }

    pub(super) fn call(
        &self,
        object: Object<'_>,
        method: &str,
        body: &(impl Serialize + DynamicType),
    ) -> Result<Message> {
        let Object { name, path, interface } = object;
        let reply = self.connection.call_method(Some(name), path, Some(interface), method, body);
        Ok(self.runtime.block_on(reply)?)
    }

    /// Calls a method and reads its answer.
    pub(super) fn ask<T: DeserializeOwned + Type>(
        &self,
        object: Object<'_>,
        method: &str,
        body: &(impl Serialize + DynamicType),
    ) -> Result<T> {
        Ok(self.call(object, method, body)?.body().deserialize()?)
    }

    pub(super) fn property<T>(&self, object: Object<'_>, property: &str) -> Result<T>
    where
        T: TryFrom<Value<'static>>,
        zbus::Error: From<T::Error>,
    {
        let properties = Object { interface: "org.freedesktop.DBus.Properties", ..object };
        let value: OwnedValue = self.ask(properties, "Get", &(object.interface, property))?;
        Ok(T::try_from(Value::from(value)).map_err(zbus::Error::from)?)
    }

    fn has_owner(&self, name: &str) -> Result<bool> {
        let bus = Object { name: BUS, path: "/org/freedesktop/DBus", interface: BUS };
        self.ask(bus, "NameHasOwner", &name)
    }

    /// Waits until a program has, or no program has, a well-known name.
    pub(super) fn wait_for_name(&self, name: &'static str, present: bool) -> Result<()> {
        let rule = signals().interface(BUS)?.member("NameOwnerChanged")?.arg(0, name)?.build();
        let awaited = format!("{name} to {} the bus", if present { "join" } else { "leave" });
        self.wait(rule, &awaited, STARTUP, String::new, || Ok((self.has_owner(name)? == present).then_some(())))
    }

    /// Asks `check` now and after each signal that fits `rule`, until it gives a value.
    ///
    /// `timeout` only bounds a wait that fails; `seen` then says what was there instead.
    pub(super) fn wait<T>(
        &self,
        rule: MatchRule<'_>,
        awaited: &str,
        timeout: Duration,
        seen: impl FnOnce() -> String,
        mut check: impl FnMut() -> Result<Option<T>>,
    ) -> Result<T> {
        let deadline = Instant::now() + timeout;
        // Leaving, the stream withdraws its match rule in a task, which needs the runtime.
        let _runtime = self.runtime.enter();
        // Subscribed before the first look, so that nothing can happen unseen in between.
        let subscription = MessageStream::for_match_rule(rule.to_owned(), &self.connection, None);
        let mut signals = self.runtime.block_on(subscription)?;
        loop {
            if let Some(found) = check()? {
                return Ok(found);
            }
            let next = async { time::timeout_at(deadline.into(), signals.next()).await };
            match self.runtime.block_on(next) {
                Ok(Some(_)) => {}
                Ok(None) => return Err(zbus::Error::InvalidReply.into()),
                Err(_) => {
                    return Err(Error::Timeout { awaited: awaited.to_owned(), after: timeout, seen: seen() });
                }
            }
        }
    }
}

/// An interface of an object of a program on the bus.
#[derive(Clone, Copy)]
pub(super) struct Object<'a> {
    pub name: &'a str,
    pub path: &'a str,
    pub interface: &'a str,
}

/// Begins a rule that fits signals.
pub(super) fn signals() -> zbus::match_rule::Builder<'static> {
    MatchRule::builder().msg_type(MessageType::Signal)
}

/// A value as a person would write it; text without quotes.
pub(super) fn as_text(value: &Value<'_>) -> String {
    match value {
        Value::Str(text) => text.to_string(),
        Value::Value(inner) => as_text(inner),
        other => other.to_string(),
    }
}
