/** What is wrong with a well-formed manifest on top of the present configuration. Only errors refuse it. */
export interface Finding {
  severity: "error" | "warning";
  path: PropertyKey[];
  message: string;
}

export const error = (path: PropertyKey[], message: string): Finding => ({ severity: "error", path, message });
export const warning = (path: PropertyKey[], message: string): Finding => ({ severity: "warning", path, message });
