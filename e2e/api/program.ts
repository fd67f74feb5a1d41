import { join } from "node:path";

import { inject } from "vitest";

/** Programs that tests run as processes of their own, by where each begins. */
export const PROGRAMS = { gate: "lib/gate/main.ts", worker: "lib/worker/main.ts", cli: "lib/cli/main.ts" } as const;

declare module "vitest" {
  export interface ProvidedContext {
    /** Where the run's setup has put the programs compiled. */
    programs: string;
  }
}

/** What Node.js runs it with: compiled once for the whole run, because a hundred starts from sources take two minutes longer. */
export const programArgs = (name: keyof typeof PROGRAMS): string[] => [
  "--enable-source-maps",
  join(inject("programs"), `${name}.mjs`),
];
