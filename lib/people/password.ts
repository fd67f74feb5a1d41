import { randomBytes } from "node:crypto";

import { hash, verify } from "@node-rs/argon2";

/** argon2id with the package's defaults, which are OWASP's (19 MiB, two passes); PHC string. */
export const hashPassword = (password: string): Promise<string> => hash(password);

let decoy: Promise<string> | undefined;

/**
 * Whether the password fits. Without a stored hash (unknown e-mail, no password set yet) the same work is done against a
 * decoy, so that the time of the answer does not say whether somebody exists.
 */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword(randomBytes(16).toString("hex"));
  const fits = await verify(stored ?? (await decoy), password);
  return stored !== null && fits;
}

/** Makes the decoy now, so that not even the first answer differs. */
export async function warmUpPasswords(): Promise<void> {
  await verifyPassword(null, "");
}
