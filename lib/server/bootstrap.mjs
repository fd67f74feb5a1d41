// Plain JavaScript without dependencies: it runs on a clone where nothing is installed yet.
//   node lib/server/bootstrap.mjs ENTRY.ts [arguments]
// It checks Node.js, installs the packages that package-lock.json names and that are missing, and runs ENTRY.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
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
function json(path) {
  try {
    return JSON.parse(readFileSync(join(ROOT, path), "utf8"));
  } catch {
    return {};
  }
}

const lock = json("package-lock.json").packages ?? {};

/** Whether an installed package is missing or has another version than `wanted`. Development tools are needed by `npm test` only. */
function isIncomplete(needDev) {
  const { dependencies, devDependencies } = json("package.json");
  const direct = Object.entries({ ...dependencies, ...(needDev ? devDependencies : {}) });
  if (direct.some(([name, version]) => json(`node_modules/${name}/package.json`).version !== version)) return true;
  if (!coversPlatform()) return false;
  // npm writes this list last: without it, an installation was interrupted.
  const installed = json("node_modules/.package-lock.json").packages;
  if (!installed) return true;
  return Object.entries(installed).some(
    ([path, { version }]) => lock[path]?.version !== undefined && lock[path].version !== version,
  );
}

/**
 * Whether the lockfile knows this platform's native packages: npm never adds to a lockfile what is missing there, so on a platform that
 * nobody thought of it is left aside, and the exact versions of package.json hold.
 */
function coversPlatform() {
  return Object.keys(lock).some((path) =>
    path.startsWith(`node_modules/@next/swc-${process.platform}-${process.arch}`),
  );
}

/** @param {boolean} needDev */
function install(needDev) {
  process.stderr.write("Installing packages …\n");
  // Not `npm ci`: it fails where the registry lacks an optional package of some other platform, as a mirror may.
  const args = [
    "install",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
    // npm 10 would write the same lockfile in another order, and any would add checksums where the registry that it was made from had none.
    "--no-save",
    ...(coversPlatform() ? [] : ["--no-package-lock"]),
    // NODE_ENV=production would leave them out.
    ...(needDev ? ["--include=dev"] : []),
  ];
  const npm = process.env.npm_execpath;
  const viaNode = npm?.endsWith(".js");
  const run = spawnSync(viaNode ? process.execPath : "npm", viaNode ? [npm, ...args] : args, {
    cwd: ROOT,
    stdio: ["ignore", 2, "pipe"],
    encoding: "utf8",
  });
  if (run.status === 0) return;
  const said = run.stderr ?? "";
  if (run.error) fail(`npm could not be run (${run.error.message}): install npm 10 or newer.`);
  if (run.signal) fail("The installation was interrupted: start again to repeat it.");
  if (said.includes("ENOSPC")) fail(`The disk that holds ${ROOT} is full: free some space and start again.`);
  const why = said
    .split("\n")
    .map((line) => line.replace(/^npm error\s*/, "").trim())
    .filter((line) => line !== "" && !line.startsWith("A complete log"));
  fail(`The packages could not be installed: ${why.slice(0, 3).join("; ") || "npm gave no reason"}.`);
}

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
  fail(`Remit needs Node.js ${OLDEST_NODE.join(".")} or newer, this is ${process.versions.node}.`);
}
const entry = process.argv[2];
if (!entry) fail("usage: node lib/server/bootstrap.mjs ENTRY.ts [arguments]");
const needDev = entry.includes("test") || entry.startsWith("e2e");
if (isIncomplete(needDev)) install(needDev);

process.chdir(ROOT);
process.argv.splice(1, 2, join(ROOT, entry));
const { register } = await import("tsx/esm/api");
register();
await import(pathToFileURL(join(ROOT, entry)).href);
