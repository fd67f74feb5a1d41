import type { Sealer } from "@/lib/notify/webhooks/seal";

/** A webhook's sealed parts, as stored. */
export interface SealedWebhook {
  id: string;
  sealedUrl: Uint8Array;
  sealedSecret: Uint8Array | null;
  sealedPrevious: Uint8Array | null;
  previousUntil: Date | null;
}

const urlPurpose = (id: string): string => `webhook url ${id}`;
const secretPurpose = (id: string): string => `webhook secret ${id}`;

export const sealUrl = (sealer: Sealer, id: string, url: string): Uint8Array<ArrayBuffer> =>
  sealer.seal(url, urlPurpose(id));
export const sealSecret = (sealer: Sealer, id: string, secret: string): Uint8Array<ArrayBuffer> =>
  sealer.seal(secret, secretPurpose(id));

/** The address; null when it was sealed with another key, or the webhook was removed. */
export const urlOf = (sealer: Sealer, webhook: SealedWebhook): string | null =>
  sealer.open(webhook.sealedUrl, urlPurpose(webhook.id));

/** The secrets that sign now, the newest first: after a rotation the one before signs beside it until its time is up. */
export function secretsOf(sealer: Sealer, webhook: SealedWebhook, now: Date): string[] {
  const { id, sealedSecret, sealedPrevious, previousUntil } = webhook;
  const sealed = [sealedSecret, previousUntil !== null && previousUntil > now ? sealedPrevious : null];
  return sealed.flatMap((bytes) => {
    const secret = bytes && sealer.open(bytes, secretPurpose(id));
    return secret === null ? [] : [secret];
  });
}
