import { describe, expect, it } from "vitest";
import { createHotkeyRegistry, type KeyPress } from "./registry";

const press = (key: string, modifiers: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...modifiers,
});
const hotkey = (keys: string, scope: string | null = null, inFields = false) => ({
  keys,
  label: keys,
  scope,
  inFields,
  run: () => undefined,
});

function setUp(...keys: ReturnType<typeof hotkey>[]) {
  const registry = createHotkeyRegistry();
  for (const each of keys) registry.register(each);
  return registry;
}

describe("hotkey registry", () => {
  it("fires plain keys, and not with a modifier held", () => {
    const registry = setUp(hotkey("j"));
    expect(registry.resolve(press("j"), false, 0)?.keys).toBe("j");
    expect(registry.resolve(press("j", { ctrlKey: true }), false, 0)).toBeNull();
    expect(registry.resolve(press("J", { shiftKey: true }), false, 0)).toBeNull();
  });

  it("takes either command or control for mod, and symbols however they are typed", () => {
    const registry = setUp(hotkey("mod+k"), hotkey("?"));
    expect(registry.resolve(press("k", { metaKey: true }), false, 0)?.keys).toBe("mod+k");
    expect(registry.resolve(press("k", { ctrlKey: true }), false, 0)?.keys).toBe("mod+k");
    expect(registry.resolve(press("?", { shiftKey: true }), false, 0)?.keys).toBe("?");
  });

  it("fires a sequence within its window only, and keeps its first key from firing alone", () => {
    const registry = setUp(hotkey("g r"), hotkey("r"));
    expect(registry.resolve(press("g"), false, 0)).toBeNull();
    expect(registry.resolve(press("r"), false, 900)?.keys).toBe("g r");
    expect(registry.resolve(press("g"), false, 2_000)).toBeNull();
    expect(registry.resolve(press("r"), false, 3_500)?.keys).toBe("r");
  });

  it("is silent while a person types, except for what says otherwise", () => {
    const registry = setUp(hotkey("j"), hotkey("mod+k", null, true));
    expect(registry.resolve(press("j"), true, 0)).toBeNull();
    expect(registry.resolve(press("k", { metaKey: true }), true, 0)?.keys).toBe("mod+k");
  });

  it("never lets a key through an open dialog, and gives it back when the dialog closes", () => {
    const registry = setUp(hotkey("j"), hotkey("a", "dialog"));
    const close = registry.pushScope("dialog");
    expect(registry.resolve(press("j"), false, 0)).toBeNull();
    expect(registry.resolve(press("a"), false, 0)?.scope).toBe("dialog");
    close();
    expect(registry.resolve(press("j"), false, 0)?.keys).toBe("j");
    expect(registry.resolve(press("a"), false, 0)).toBeNull();
  });

  it("lets the latest registration win and forgets what is taken back", () => {
    const registry = createHotkeyRegistry();
    registry.register({ ...hotkey("x"), label: "first" });
    const remove = registry.register({ ...hotkey("x"), label: "second" });
    expect(registry.resolve(press("x"), false, 0)?.label).toBe("second");
    remove();
    expect(registry.resolve(press("x"), false, 0)?.label).toBe("first");
  });
});
