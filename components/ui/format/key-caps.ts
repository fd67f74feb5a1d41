const CAPS: Record<string, { mac: string; other: string }> = {
  mod: { mac: "⌘", other: "Ctrl" },
  shift: { mac: "⇧", other: "Shift" },
  alt: { mac: "⌥", other: "Alt" },
  enter: { mac: "↵", other: "Enter" },
  escape: { mac: "Esc", other: "Esc" },
  arrowup: { mac: "↑", other: "↑" },
  arrowdown: { mac: "↓", other: "↓" },
  arrowleft: { mac: "←", other: "←" },
  arrowright: { mac: "→", other: "→" },
};

/** The key caps of a hotkey ("mod+k" or the sequence "g r"), as printed on the keyboard in use. */
export function keyCaps(keys: string, isMac: boolean): string[] {
  return keys
    .split(" ")
    .flatMap((chord) => chord.split("+"))
    .map((key) => {
      const cap = CAPS[key.toLowerCase()];
      if (cap !== undefined) return isMac ? cap.mac : cap.other;
      return key.length === 1 ? key.toUpperCase() : key;
    });
}
