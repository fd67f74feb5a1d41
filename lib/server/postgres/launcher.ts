import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

import { StartError } from "@/lib/server/env";

/** How a PostgreSQL program is run, given that it refuses to be root. */
export interface Launcher {
  kind: "self" | "account" | "namespace" | "capability";
  /** Who must own the data; undefined: whoever runs us. */
  owner?: { uid: number; gid: number };
  command(binary: string, args: readonly string[]): { file: string; args: string[]; uid?: number; gid?: number };
}

interface Account {
  uid: number;
  gid: number;
}

/**
 * Chooses the first way that works, by trying it: `home` must be enterable and the binary must run.
 * Not root: as ourselves. Root: as an existing unprivileged account; else (a clone below /root, say) in a user namespace,
 * where root is somebody else to PostgreSQL while files stay root's; else, where a container forbids namespaces, as the
 * account with the one capability that lets it through closed folders.
 * @throws StartError when none works.
 */
export function chooseLauncher(home: string, binary: string, candidates = launchers()): Launcher {
  const found = candidates.find((one) => works(one, home, binary));
  if (found) return found;
  if (candidates.some((one) => one.kind === "self")) {
    throw new StartError(
      `The bundled PostgreSQL does not run on this machine (${failure(candidates, home, binary)}): set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
  throw new StartError(
    `PostgreSQL does not run as root, and no unprivileged account can reach ${home} and ${binary}: start Remit as another user, move it out of a closed folder, or set DATABASE_URL.`,
  );
}

export function launchers(): Launcher[] {
  if (process.getuid?.() !== 0) return [self];
  const accounts = unprivilegedAccounts();
  return [...accounts.map(asAccount), inNamespace, ...accounts.slice(0, 1).map(withCapability)];
}

const self: Launcher = { kind: "self", command: (file, args) => ({ file, args: [...args] }) };

function asAccount(account: Account): Launcher {
  return { kind: "account", owner: account, command: (file, args) => ({ file, args: [...args], ...account }) };
}

const inNamespace: Launcher = {
  kind: "namespace",
  owner: { uid: 0, gid: 0 },
  command: (file, args) => ({
    file: "unshare",
    args: ["--user", "--map-user=65534", "--map-group=65534", "--", file, ...args],
  }),
};

function withCapability({ uid, gid }: Account): Launcher {
  const ids = [`--reuid=${uid}`, `--regid=${gid}`, "--clear-groups"];
  const capability = ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"];
  return {
    kind: "capability",
    owner: { uid, gid },
    command: (file, args) => ({ file: "setpriv", args: [...ids, ...capability, "--", file, ...args] }),
  };
}

function probe(launcher: Launcher, home: string, binary: string) {
  const { file, args, uid, gid } = launcher.command("/bin/sh", [
    "-c",
    'cd "$1" && exec "$2" --version',
    "sh",
    home,
    binary,
  ]);
  return spawnSync(file, args, { uid, gid, cwd: "/", encoding: "utf8" });
}

/** Whether PostgreSQL starts this way and can enter `home`. */
export function works(launcher: Launcher, home: string, binary: string): boolean {
  return probe(launcher, home, binary).status === 0;
}

function failure(candidates: readonly Launcher[], home: string, binary: string): string {
  const tried = candidates[0] && probe(candidates[0], home, binary);
  return (tried?.stderr ?? "").trim().split("\n").at(-1) || tried?.error?.message || "it exits at once";
}

/** Accounts that exist on most systems; we never create one. */
function unprivilegedAccounts(): Account[] {
  const lines = readFileSync("/etc/passwd", "utf8").split("\n");
  return ["postgres", "nobody"].flatMap((name) => {
    const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(":") ?? [];
    return Number(uid) > 0 ? [{ uid: Number(uid), gid: Number(gid) }] : [];
  });
}
