import { spawn, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** What is measured: the gate under envelopes, the gate where none is set, and what it is held against. */
export type Name = "gate" | "free" | "bare" | "cerbos";

/** What is sent: each connection takes the next of these, around and around. */
export interface Target {
  name: Name;
  /** Of its process. */
  pid: number;
  port: number;
  requests: { path: string; headers: Record<string, string>; body: string }[];
}

export interface Measured {
  perSecond: number;
  medianMs: number;
  p99Ms: number;
  /** Answers that were not 2xx, and socket errors. A measurement with any is no measurement. */
  failures: number;
  /** Of all requests. */
  failedShare: number;
  /** Processor time a request: of the server, and of the database meanwhile. It says more than rates do while others use the machine. */
  serverUs: number;
  storeUs: number;
}

type Loaded = Omit<Measured, "failedShare" | "serverUs" | "storeUs"> & { requests: number };

export type Tool = "wrk" | "autocannon";

/** wrk takes less of the machine that is measured; autocannon comes from npm. */
export const chooseTool = (): Tool => (spawnSync("wrk", ["--version"]).error ? "autocannon" : "wrk");

/** Loads a target from a process of its own. */
export async function load(
  tool: Tool,
  target: Target,
  options: { connections: number; seconds: number; home: string },
): Promise<Loaded> {
  return tool === "wrk" ? wrk(target, options) : autocannon(target, options);
}

const LUA = `
local requests, at = {}, 0
function init(args)
  local file = io.open(args[1], "rb")
  for text in file:read("*a"):gmatch("[^%z]+") do requests[#requests + 1] = text end
  file:close()
end
function request()
  at = at % #requests + 1
  return requests[at]
end
function done(summary, latency)
  local e = summary.errors
  io.write(string.format('\\nRESULT {"requests":%d,"us":%d,"p50":%d,"p99":%d,"failures":%d}\\n', summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), e.connect + e.read + e.write + e.status + e.timeout))
end
`;

async function wrk(
  target: Target,
  { connections, seconds, home }: { connections: number; seconds: number; home: string },
): Promise<Loaded> {
  const script = join(home, "load.lua");
  const file = join(home, `${target.name}.requests`);
  writeFileSync(script, LUA);
  writeFileSync(file, target.requests.map((request) => httpText(target.port, request)).join("\0"));
  const args = [
    "-t1",
    `-c${connections}`,
    `-d${seconds}s`,
    "-s",
    script,
    `http://127.0.0.1:${target.port}/`,
    "--",
    file,
  ];
  const result = /RESULT (.*)/.exec(await output("wrk", args))?.[1];
  if (result === undefined) throw new Error("wrk printed no result");
  const { requests, us, p50, p99, failures } = JSON.parse(result);
  return { requests, perSecond: requests / (us / 1e6), medianMs: p50 / 1000, p99Ms: p99 / 1000, failures };
}

function httpText(port: number, { path, headers, body }: Target["requests"][number]): string {
  const all = {
    host: `127.0.0.1:${port}`,
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(body)),
    ...headers,
  };
  return `POST ${path} HTTP/1.1\r\n${Object.entries(all)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join("")}\r\n${body}`;
}

async function autocannon(
  target: Target,
  { connections, seconds, home }: { connections: number; seconds: number; home: string },
): Promise<Loaded> {
  const file = join(home, `${target.name}.json`);
  writeFileSync(
    file,
    JSON.stringify({ url: `http://127.0.0.1:${target.port}`, connections, seconds, requests: target.requests }),
  );
  const text = await output(process.execPath, ["--import", "tsx", join(import.meta.dirname, "autocannon.ts"), file]);
  return JSON.parse(text);
}

function output(command: string, args: string[]): Promise<string> {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.on("data", (data: Buffer) => (text += data.toString()));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0 ? resolve(text) : reject(new Error(`${command} ended with ${code}: ${text}`)),
    );
  });
}
