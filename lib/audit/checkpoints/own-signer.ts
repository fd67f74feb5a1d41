import { signerOf, type CheckpointSigner } from "@/lib/audit/checkpoints/signer";
import { env } from "@/lib/server/env";
import { keptSecret } from "@/lib/server/kept-secret";

let own: CheckpointSigner | undefined;

/** This installation's signer: its key comes from REMIT_CHECKPOINT_KEY, else from one generated once and kept in REMIT_HOME. */
export function ownSigner(): CheckpointSigner {
  const { REMIT_CHECKPOINT_KEY, REMIT_HOME } = env();
  own ??= signerOf(REMIT_CHECKPOINT_KEY ?? keptSecret(REMIT_HOME, "checkpoint"));
  return own;
}
