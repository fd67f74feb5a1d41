import { signIn } from "next-auth/react";

import { signInRefusal } from "@/lib/auth/sign-in-error";
import { ok, type Result } from "@/lib/kernel/result";

/** Signs this browser in. A refusal is a value, in words for people. */
export async function signInWith(email: string, password: string): Promise<Result<null>> {
  const answer = await signIn("credentials", { email, password, redirect: false });
  return answer?.ok && !answer.error ? ok(null) : signInRefusal(answer?.error, new Date());
}
