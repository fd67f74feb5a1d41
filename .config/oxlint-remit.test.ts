import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";

import { ROOT } from "@/lib/db/root";

const report = z.object({ diagnostics: z.array(z.object({ code: z.string() })) });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "remit-lint-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The house rules that a file breaks, found by the linter itself. */
function broken(code: string): string[] {
  const rules = { "remit/action-from-define-action": "error", "remit/transaction-in-change": "error" };
  const config = { jsPlugins: [join(ROOT, ".config/oxlint-remit.js")], categories: { correctness: "off" }, rules };
  writeFileSync(join(folder, "config.json"), JSON.stringify(config));
  writeFileSync(join(folder, "file.ts"), code);
  const args = [join(ROOT, "node_modules/oxlint/bin/oxlint"), "-c", "config.json", "--format=json", "file.ts"];
  const run = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  return report.parse(JSON.parse(run.stdout)).diagnostics.map(({ code: rule }) => rule);
}

describe("action-from-define-action", () => {
  it.each([
    `"use server"; export const approve = defineAction({ permission: "approval.decide", input, run });`,
    `"use server"; export const begin = definePublicAction({ input, run }); export type Answer = string;`,
    `"use server"; const hidden = 1; export type { Answer } from "./answer";`,
    `export async function notAnAction() {}`,
  ])("lets through %s", (code) => expect(broken(code)).toEqual([]));

  it.each([
    `"use server"; export async function approve(id: string) {}`,
    `"use server"; export const approve = async () => {};`,
    `"use server"; export const a = defineAction({}), b = async () => {};`,
    `"use server"; const approve = async () => {}; export { approve };`,
    `"use server"; export default async function () {}`,
    `"use server"; export * from "./more";`,
    `export function Page() { async function save() { "use server"; } return save; }`,
  ])("refuses %s", (code) => expect(broken(code)).toEqual(["remit(action-from-define-action)"]));
});

describe("transaction-in-change", () => {
  it.each([
    `change(context, {}, async ({ tx, audit }) => audit({}))`,
    `const text = "Begin with the chart.";`,
    `const mode = "start";`,
  ])("lets through %s", (code) => expect(broken(code)).toEqual([]));

  it.each([
    `db.$transaction(async (tx) => tx.node.delete({ where: { id } }))`,
    `client.query("BEGIN")`,
    `client.query("begin isolation level serializable")`,
    `client.query("START TRANSACTION")`,
  ])("refuses %s", (code) => expect(broken(code)).toEqual(["remit(transaction-in-change)"]));
});
