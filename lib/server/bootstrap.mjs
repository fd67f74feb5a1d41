// Plain JavaScript without dependencies: it runs on a clone where nothing is installed yet.
//   node lib/server/bootstrap.mjs ENTRY.ts [arguments]
// It checks Node.js, installs the packages that package-lock.json names and that are missing, and runs ENTRY.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const OLDEST_NODE = [20, 19];

/** @param {string} sentence @returns {never} */
function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

/** @param {string} path */
function packages(path) {
  try {
    return JSON.parse(readFileSync(join(ROOT, path), "utf8")).packages;
  } catch {
    return {};
  }
}

/** Whether a package of the lockfile is missing or has another version. Those of other platforms and, without `needDev`, development tools may be. */
function isIncomplete(needDev) {
  const installed = packages("node_modules/.package-lock.json");
  return Object.entries(packages("package-lock.json")).some(([path, wanted]) => {
    if (path === "" || wanted.link) return false;
    const found = installed[path];
    if (found) return found.version !== wanted.version;
    return !(wanted.optional || wanted.peer || (wanted.dev && !needDev));
  });
}

function install() {
  process.stderr.write("Installing packages …\n");
  const fresh = !existsSync(join(ROOT, "node_modules"));
  const args = [fresh ? "ci" : "install", "--no-audit", "--no-fund", "--loglevel=error"];
  const npm = process.env.npm_execpath;
  const viaNode = npm?.endsWith(".js");
  const run = spawnSync(viaNode ? process.execPath : "npm", viaNode ? [npm, ...args] : args, {
    cwd: ROOT,
    stdio: ["ignore", 2, "pipe"],
    encoding: "utf8",
  });
  if (run.status === 0) return;
  const said = run.stderr ?? "";
  // What `npm ci` began is not to be mistaken for an installation.
  if (fresh) rmSync(join(ROOT, "node_modules"), { recursive: true, force: true });
  if (run.error) fail(`npm could not be run (${run.error.message}): install npm 10 or newer.`);
  if (run.signal) fail("The installation was interrupted: start again to repeat it.");
  if (said.includes("ENOSPC")) fail(`The disk that holds ${ROOT} is full: free some space and start again.`);
  const why = said
    .split("\n")
    .filter((line) => line.startsWith("npm error") && !line.includes("A complete log"))
    .slice(0, 3);
  fail(
    `The packages could not be installed: ${why.map((line) => line.replace(/^npm error\s*/, "")).join("; ") || "npm gave no reason"}.`,
  );
}

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
  fail(`Remit needs Node.js ${OLDEST_NODE.join(".")} or newer, this is ${process.versions.node}.`);
}
const entry = process.argv[2];
if (!entry) fail("usage: node lib/server/bootstrap.mjs ENTRY.ts [arguments]");
if (isIncomplete(entry.includes("test") || entry.startsWith("e2e"))) install();

process.chdir(ROOT);
process.argv.splice(1, 2, join(ROOT, entry));
const { register } = await import("tsx/esm/api");
register();
await import(pathToFileURL(join(ROOT, entry)).href);
