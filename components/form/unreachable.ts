import { unstable_rethrow } from "next/navigation";
import { fail, type RemitError, type Result } from "@/lib/kernel/result";

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

/** Whether it may have been done all the same. */
export const unanswered = ({ code }: RemitError): boolean => code === "unavailable";
