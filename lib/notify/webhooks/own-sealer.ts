import { sealerOf, type Sealer } from "@/lib/notify/webhooks/seal";
import { env } from "@/lib/server/env";
import { keptSecret } from "@/lib/server/kept-secret";

let own: Sealer | undefined;

/** This installation's sealer: under REMIT_SEAL_KEY, else a key generated once and kept in REMIT_HOME beside the session's. */
export function ownSealer(): Sealer {
  const { REMIT_SEAL_KEY, REMIT_HOME } = env();
  own ??= sealerOf(REMIT_SEAL_KEY ?? keptSecret(REMIT_HOME, "seal"));
  return own;
}
