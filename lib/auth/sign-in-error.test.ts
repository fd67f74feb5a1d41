import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { blockedMessage, safeNext, signInRefusal } from "@/lib/auth/sign-in-error";

const now = new Date("2026-11-21T09:00:00Z");

describe("sign-in errors", () => {
  it("say the same for an unknown e-mail and a wrong password, and when to try again", () => {
    expect(signInRefusal("wrong", now).error.code).toBe("invalid_input");
    expect(signInRefusal("blocked:2026-11-21T09:01:30.000Z", now).error).toEqual({
      code: "too_many_requests",
      message: "Too many attempts. Try again in 2 minutes.",
    });
    expect(blockedMessage(new Date("nonsense"), now)).toBe("Too many attempts. Try again later.");
  });

  it("never repeat a word that they do not know", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (word) => {
        expect(signInRefusal(`x${word}`, now).error.message).toBe("Signing in failed on our side. Try again.");
      }),
    );
  });
});

describe("the way back after signing in", () => {
  it.each(["/runs?status=running", "/approvals/123", "/"])("keeps %s", (path) => expect(safeNext(path)).toBe(path));
  it.each([
    "//evil.example",
    "/\\evil.example",
    "/\t/",
    "/\t/evil.example",
    "/.//evil.example",
    "/a/..//evil.example",
    "https://evil.example",
    "javascript:alert(1)",
    "/sign-in?next=/",
    "/api/auth/signout",
    "",
    undefined,
  ])("does not follow %s", (path) => expect(safeNext(path)).toBe("/"));
  it("stays on this site whatever is asked", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("/", "\\", "\t", "\n", ":", "@", ".", "?", "#", "a", "http", "%2f", "é"), {
          maxLength: 12,
        }),
        (parts) => {
          const next = new URL(safeNext(`/${parts.join("")}`), "https://remit.example");
          expect(next.origin).toBe("https://remit.example");
        },
      ),
    );
  });
});
