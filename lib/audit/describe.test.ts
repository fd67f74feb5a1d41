import { expect, it } from "vitest";

import { describeDetail } from "@/lib/audit/describe";

it.each([
  [{ runId: "r", code: "tier_denies", action: "crm.update_account" }, "crm.update_account · tier_denies"],
  [{ events: 3, digest: "ab", first: "1", last: "3" }, "3 events"],
  [{ events: 1, digest: "ab" }, "1 event"],
  [{ outcome: "succeeded", contentHash: "ab" }, "succeeded"],
  [{ version: 2, comment: "" }, "version 2"],
  [{ streams: 1, records: 10, checkpoints: 0 }, "1 stream · 10 records"],
  [{}, ""],
])("a record of %j says %j in a list", (detail, line) => expect(describeDetail(detail)).toBe(line));
