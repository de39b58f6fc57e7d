//! A server on free ports of loopback, in a folder of its own. It never outlives the process that started it.

use std::fs::{self, File};
use std::io::{self, Error};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use crate::jars::{FILES, kept};
use crate::{SERVER, jars, java};

/// What the server and its driver's threads get. The tables of the suites are small.
const HEAP: &str = "-Xmx1500m";
/// How long a slow machine may take until CQL is served.
const PATIENCE: Duration = Duration::from_secs(240);
/// Names a server that already runs: `127.0.0.1:9042`.
pub const RUNNING: &str = "CQLINT_CASSANDRA";

/// A server that takes CQL at its address.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    /// The server ends when its standard input does, and that ends when this process does, however it ends.
    _process: Option<Child>,
}

/// The one server of this process: the one that `CQLINT_CASSANDRA` names, or one of our own.
///
/// # Errors
/// What is missing or does not start.
pub fn server() -> Result<&'static Server, String> {
    static SERVER: OnceLock<Result<Server, String>> = OnceLock::new();
    let server = SERVER.get_or_init(|| match std::env::var(RUNNING) {
        Ok(address) => running(&address),
        Err(_) => start(),
    });
    server.as_ref().map_err(String::clone)
}

fn running(address: &str) -> Result<Server, String> {
    let parsed: SocketAddr = address.parse().map_err(|error| format!("{RUNNING}={address}: {error}"))?;
    if !parsed.ip().is_loopback() {
        return Err(format!("{RUNNING}={address}: only a server on loopback is written to"));
    }
    Ok(Server { address: parsed, _process: None })
}

fn start() -> Result<Server, String> {
    let (java, jars) = (java()?, jars(SERVER)?);
    let folder = tempfile::tempdir().map_err(|error| format!("no temporary folder: {error}"))?;
    let [native, storage] = free_ports().map_err(|error| format!("no free port: {error}"))?;
    let configuration = folder.path().join("cassandra.yaml");
    write_configuration(&configuration, folder.path(), native.port(), storage.port())?;
    let log = log_file();
    let unwritable = |error: Error| format!("{}: {error}", log.display());
    let output = File::create(&log).map_err(unwritable)?;
    let errors = output.try_clone().map_err(unwritable)?;
    let options = [
        HEAP.to_owned(),
        format!("-Dcassandra.config=file://{}", configuration.display()),
        format!("-Dcassandra.storagedir={}", folder.path().display()),
        // Else it stops logging once it runs.
        "-Dcassandra-foreground=yes".to_owned(),
        // There is nobody to wait for.
        "-Dcassandra.ring_delay_ms=0".to_owned(),
        "-Dcassandra.skip_wait_for_gossip_to_settle=0".to_owned(),
        "-Dcassandra.superuser_setup_delay_ms=0".to_owned(),
        // A password that everybody knows needs no costly hash, and each connection pays for it.
        "-Dcassandra.auth_bcrypt_gensalt_log2_rounds=4".to_owned(),
    ];
    let mut command = java.run(&Path::new(FILES).join("Guarded.java"), &jars, &options);
    command.arg(folder.path()).stdin(Stdio::piped()).stdout(output).stderr(errors);
    let mut process = command.spawn().map_err(|error| format!("Java does not start: {error}"))?;
    wait(&mut process, native, &log)?;
    // From here on the server removes it.
    let _ = folder.keep();
    Ok(Server { address: native, _process: Some(process) })
}

/// What the server says. Suites and example may run at the same time.
fn log_file() -> PathBuf {
    let program = std::env::current_exe().ok().and_then(|program| Some(program.file_stem()?.to_str()?.to_owned()));
    // What cargo adds to the name of a test changes with each build.
    let name = program.as_deref().and_then(|program| program.split('-').next()).unwrap_or("server");
    kept().join(format!("cassandra-of-{name}.log"))
}

fn free_ports() -> io::Result<[SocketAddr; 2]> {
    // Both are held until both are known, so that they differ.
    let [native, storage] = [TcpListener::bind("127.0.0.1:0")?, TcpListener::bind("127.0.0.1:0")?];
    Ok([native.local_addr()?, storage.local_addr()?])
}

fn write_configuration(file: &Path, folder: &Path, native: u16, storage: u16) -> Result<(), String> {
    let text = include_str!("../java/cassandra.yaml")
        .replace("{folder}", &folder.to_string_lossy())
        .replace("{native_port}", &native.to_string())
        .replace("{storage_port}", &storage.to_string());
    fs::write(file, text).map_err(|error| format!("{}: {error}", file.display()))
}

/// Until the server takes connections; the role that the client logs in with is there soon after.
fn wait(process: &mut Child, address: SocketAddr, log: &Path) -> Result<(), String> {
    let begin = Instant::now();
    while TcpStream::connect(address).is_err() || !has_role(log) {
        let ended = process.try_wait().map_err(|error| error.to_string())?;
        if ended.is_some() || begin.elapsed() > PATIENCE {
            let _ = process.kill();
            let _ = process.wait();
            let (waited, log) = (begin.elapsed(), log.display());
            return Err(format!("Cassandra {SERVER} does not serve CQL after {waited:?}; its log is {log}"));
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    Ok(())
}

fn has_role(log: &Path) -> bool {
    fs::read_to_string(log).is_ok_and(|log| log.contains("Created default superuser role"))
}
