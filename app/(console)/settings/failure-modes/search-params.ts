import { createLoader, parseAsString } from "nuqs/server";

/** Whose failure modes are edited: an agent's slug, else those of all. */
export const loadFailureModesParams = createLoader({ agent: parseAsString });
