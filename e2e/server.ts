// Starts the demonstration once for all tests, on a free port and an empty folder, and ends it with them.
//
// It knows the command line and the health address; what the server shows is for the tests.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const START_PATIENCE_MS = 120_000;
const STOP_PATIENCE_MS = 12_000;

export default async function start(): Promise<() => Promise<void>> {
  const binary = process.env.TREI_BIN ?? resolve(import.meta.dirname, "../target/debug/trei");
  if (!existsSync(binary)) throw new Error(`${binary} is missing: run \`cargo build\``);
  const folder = mkdtempSync(join(tmpdir(), "trei-e2e-"));
  const credentials = join(folder, "credentials.json");
  const port = await freePort();
  // A name: passkeys belong to one, never to an address.
  const base = `http://localhost:${port}`;
  const log = openSync(join(folder, "log"), "w");
  const arguments_ = ["demo", "--size", "small", "--seed", "7", "--credentials", credentials];
  const child = spawnBound(binary, arguments_, {
    stdio: ["ignore", log, log],
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      LOYALTY_DATA_DIR: join(folder, "data"),
      LOYALTY_LISTEN: `127.0.0.1:${port}`,
      LOYALTY_PUBLIC_URL: base,
      // All tests come from one address, and from few tills.
      LOYALTY_RATE_LIMITS: "off",
      // The style page, where every page stands in every state.
      LOYALTY_DEVELOPMENT: "1",
    },
  });
  closeSync(log);
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once("exit", () => {
    child.kill("SIGKILL");
    remove();
  });
  try {
    await ready(child, `${base}/readyz`, () => existsSync(credentials));
  } catch (error) {
    const said = readFileSync(join(folder, "log"), "utf8").slice(-4000);
    await stop(child);
    remove();
    throw new Error(`${String(error)}\n${said}`);
  }
  process.env.TREI_E2E_BASE = base;
  process.env.TREI_E2E_CREDENTIALS = credentials;
  process.env.TREI_E2E_DATA = join(folder, "data");
  return async () => {
    const code = await stop(child);
    const said = readFileSync(join(folder, "log"), "utf8").slice(-4000);
    remove();
    if (code !== 0) throw new Error(`the server did not end well (${code})\n${said}`);
  };
}

/** A child that the kernel ends when this process is killed, where the system can do that. */
function spawnBound(binary: string, arguments_: string[], options: Parameters<typeof spawn>[2]): ChildProcess {
  const bound = spawnSync("setpriv", ["--version"]).status === 0;
  return bound
    ? spawn("setpriv", ["--pdeathsig", "KILL", "--", binary, ...arguments_], options)
    : spawn(binary, arguments_, options);
}

async function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const listener = createServer();
    listener.once("error", fail);
    listener.listen(0, "127.0.0.1", () => {
      const address = listener.address();
      listener.close(() => (address && typeof address === "object" ? done(address.port) : fail(new Error("no port"))));
    });
  });
}

async function ready(child: ChildProcess, address: string, filled: () => boolean): Promise<void> {
  const end = Date.now() + START_PATIENCE_MS;
  while (Date.now() < end) {
    if (child.exitCode !== null) throw new Error(`the server ended at once (${child.exitCode})`);
    const answer = await fetch(address).catch(() => null);
    if (answer?.ok && filled()) return;
    await new Promise((wake) => setTimeout(wake, 100));
  }
  throw new Error(`${address} was not ready after ${START_PATIENCE_MS / 1000} s`);
}

/** Asks it to end as an operator would; the exit code is part of what is tested. */
async function stop(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  const ended = new Promise<number | null>((done) => child.once("exit", (code) => done(code)));
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), STOP_PATIENCE_MS);
  const code = await ended;
  clearTimeout(timer);
  return code;
}
