import { createServer } from "node:net";

import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

import { leftOver, newPlace, processesOf, start, status, type Place } from "@/e2e/faults/start-testing";
import { readPidFile } from "@/lib/db/embedded";
import { ensureBuilt } from "@/lib/server/build";
import { commandLine, isAlive, signal } from "@/lib/server/processes";

const BUILD_MS = 300_000;
const UP_MS = 60_000;

beforeAll(() => ensureBuilt(() => undefined), BUILD_MS);

let place: Place;
beforeEach(async () => {
  place = await newPlace();
});
afterEach(() => place.clear());

/** The process of a role: it runs its bundle. */
function role(name: string): number {
  return processesOf(place.home).find((pid) => commandLine(pid)?.includes(`roles/${name}.mjs`)) ?? 0;
}

describe("npm start", { timeout: UP_MS }, () => {
  it("serves web and gate, says the next step, and stops on SIGTERM with nothing left", async () => {
    const remit = start(place);
    expect(await remit.up).toBe(true);
    expect(remit.output()).toContain(`http://localhost:${place.port}/welcome to create the first admin`);
    expect(await status(place.port, "/sign-in")).toBeLessThan(400);
    expect(await status(place.gatePort, "/api/v1/ready")).toBe(200);
    signal(remit.pid, "SIGTERM");
    expect(await remit.ended).toBe(0);
    expect(processesOf(place.home)).toEqual([]);
  });

  it("leaves nothing behind when it is killed, and starts again on the same home and ports", async () => {
    const first = start(place);
    expect(await first.up).toBe(true);
    signal(first.pid, "SIGKILL");
    const second = start(place);
    expect(await second.up).toBe(true);
    signal(second.pid, "SIGINT");
    expect(await second.ended).toBe(0);
    expect(await leftOver(place.home, 30_000)).toEqual([]);
  });

  it("starts a role or the database again when it dies", async () => {
    const remit = start(place);
    expect(await remit.up).toBe(true);
    for (const name of ["gate", "worker", "web"]) {
      const before = role(name);
      signal(before, "SIGKILL");
      await vi.waitFor(() => expect(role(name)).not.toBe(before), 20_000);
      await vi.waitFor(() => expect(isAlive(role(name))).toBe(true), 20_000);
    }
    const postgres = readPidFile(place.home);
    signal(postgres?.pid ?? 0, "SIGKILL");
    await vi.waitFor(async () => {
      expect(readPidFile(place.home)?.pid).not.toBe(postgres?.pid);
      expect(await status(place.gatePort, "/api/v1/ready")).toBe(200);
      expect(await status(place.port, "/sign-in")).toBeLessThan(400);
    }, 30_000);
    expect(readPidFile(place.home)?.port).toBe(postgres?.port);
    signal(remit.pid, "SIGTERM");
    expect(await remit.ended).toBe(0);
    expect(processesOf(place.home)).toEqual([]);
  });

  it("gives up a start that is interrupted, with nothing left", async () => {
    const remit = start(place);
    await vi.waitFor(() => expect(readPidFile(place.home)?.ready).toBe(true), 20_000);
    signal(remit.pid, "SIGINT");
    expect(await remit.ended).not.toBeNull();
    expect(processesOf(place.home)).toEqual([]);
  });

  it("refuses a second start in the same home", async () => {
    const first = start(place);
    expect(await first.up).toBe(true);
    const second = start(place);
    expect(await second.ended).toBe(1);
    expect(second.output().trim()).toBe(
      `Remit is already running in ${place.home} (process ${first.pid}): stop it first, or set REMIT_HOME to another folder.`,
    );
    expect(await status(place.gatePort, "/api/v1/ready")).toBe(200);
    signal(first.pid, "SIGTERM");
    await first.ended;
  });

  it("says which port is taken", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(place.gatePort, "127.0.0.1", resolve));
    const remit = start(place);
    expect(await remit.ended).toBe(1);
    expect(remit.output().trim()).toBe(
      `Port ${place.gatePort} (GATE_PORT) is in use by another program: stop it, or set GATE_PORT.`,
    );
    other.close();
    expect(processesOf(place.home)).toEqual([]);
  });

  it("names a bad variable, and an unreachable database", async () => {
    const bad = start(place, { REMIT_DEMO: "perhaps" });
    expect(await bad.ended).toBe(1);
    expect(bad.output().trim()).toBe("REMIT_DEMO must be 1 or 0.");
    const unreachable = start(place, { DATABASE_URL: `postgresql://remit:secret@127.0.0.1:${place.gatePort}/remit` });
    expect(await unreachable.ended).toBe(1);
    expect(unreachable.output().trim()).toBe(
      `The database at 127.0.0.1:${place.gatePort} (DATABASE_URL) cannot be reached: connect ECONNREFUSED 127.0.0.1:${place.gatePort}.`,
    );
  });
});
