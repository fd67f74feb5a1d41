export type Density = "comfortable" | "compact";

export interface TablePreferences {
  density: Density;
  /** By column id; what is absent is as the column declares. */
  columns: Readonly<Record<string, boolean>>;
}

export const DEFAULT_PREFERENCES: TablePreferences = { density: "comfortable", columns: {} };

/** Reads stored preferences; anything unexpected is the default, since any script or older version may have written it. */
export function parsePreferences(text: string | null): TablePreferences {
  if (text === null) return DEFAULT_PREFERENCES;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return DEFAULT_PREFERENCES;
    const density = "density" in value && value.density === "compact" ? "compact" : "comfortable";
    const stored =
      "columns" in value && typeof value.columns === "object" && value.columns !== null ? value.columns : {};
    const columns: Record<string, boolean> = {};
    for (const [id, shown] of Object.entries(stored)) {
      if (typeof shown === "boolean") columns[id] = shown;
    }
    return { density, columns };
  } catch {
    return DEFAULT_PREFERENCES;
  }
}
