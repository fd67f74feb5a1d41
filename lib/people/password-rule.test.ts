import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { passwordFault, passwordStrength, PASSWORD_MAX } from "@/lib/people/password-rule";

describe("password rule", () => {
  it.each([
    ["too short", "kT9!vbQ2"],
    ["one character", "aaaaaaaaaaaaaaaa"],
    ["a sequence", "abcdefghijkl1234"],
    ["a keyboard row", "qwertyuiopasdf"],
    ["a common word", "Password1234"],
    ["the own name", "anareyes12345"],
    ["too long", "kT9!vbQ2xw".repeat(30)],
  ])("refuses %s", (_why, password) => {
    expect(passwordFault(password, ["Ana Reyes", "ana.reyes@example.com"])).not.toBeNull();
  });

  it("takes a phrase and a generated one", () => {
    expect(passwordFault("quiet harbour 71 lanterns")).toBeNull();
    expect(passwordFault("vK2#pLm9xQ!t")).toBeNull();
    expect(passwordStrength("quiet harbour 71 lanterns")).toBe(4);
  });

  it("is total, and the meter refuses exactly what the rule refuses", () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: PASSWORD_MAX + 20 }),
        fc.array(fc.string(), { maxLength: 3 }),
        (password, about) => {
          expect(passwordStrength(password, about) >= 2).toBe(passwordFault(password, about) === null);
        },
      ),
    );
  });
});
