import { describe, expect, it } from "vitest";
import { fieldsFrom } from "./fields-of";

describe("form fields", () => {
  const data = new FormData();
  data.set("name", " Desk ");
  data.set("blank", "  ");
  data.set("limit", "12.5");
  data.set("wrong", "12x");
  data.set("on", "on");
  data.append("role", "admin");
  data.append("role", "auditor");
  const fields = fieldsFrom(data);

  it("reads text as typed and optional text trimmed", () => {
    expect([fields.text("name"), fields.text("absent")]).toEqual([" Desk ", ""]);
    expect([fields.optional("name"), fields.optional("blank"), fields.optional("absent")]).toEqual([
      "Desk",
      undefined,
      undefined,
    ]);
  });

  it("reads numbers, ticks and lists", () => {
    expect([fields.number("limit"), fields.number("wrong"), fields.number("blank")]).toEqual([
      12.5,
      Number.NaN,
      undefined,
    ]);
    expect([fields.checked("on"), fields.checked("absent")]).toEqual([true, false]);
    expect([fields.all("role"), fields.all("absent")]).toEqual([["admin", "auditor"], []]);
  });
});
