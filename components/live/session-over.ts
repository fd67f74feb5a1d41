/** Between the looks: a new session, as after changing one's own password, needs a moment to arrive in the browser. */
const WAITS_MS = [300, 1_500];

/** Whether this browser's session is dead. Without an answer it is not known to be. */
export async function sessionIsOver(url: string): Promise<boolean> {
  for (const waitMs of WAITS_MS) {
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    const status = await fetch(url, { method: "HEAD", cache: "no-store" }).then(
      (response) => response.status,
      () => 0,
    );
    if (status !== 401) return false;
  }
  return true;
}
