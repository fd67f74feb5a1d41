import { unstable_rethrow } from "next/navigation";
import { fail, type Result } from "@/lib/kernel/result";

/** Runs a server action; a lost connection becomes a refusal like any other instead of a broken page. */
export async function reaching<Value>(act: () => Promise<Result<Value>>): Promise<Result<Value>> {
  try {
    return await act();
  } catch (cause) {
    // Redirects and not-founds travel as exceptions.
    unstable_rethrow(cause);
    return fail("unavailable", "Remit could not be reached, so it is not known whether this was done. Reload to see.");
  }
}
