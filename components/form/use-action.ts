"use client";
import { useTransition } from "react";
import { toast } from "@/components/ui/toast";
import type { RemitError, Result } from "@/lib/kernel/result";
import { reaching } from "./unreachable";

/**
 * Runs a server action outside a form (a button, a hotkey). A refusal is told in a toast unless `onError` takes it.
 * While it runs, `pending` is true and further calls are ignored.
 */
export function useAction<Input, Value>(
  action: (input: Input) => Promise<Result<Value>>,
  handlers: { onSuccess?: (value: Value) => void; onError?: (error: RemitError) => void } = {},
): { run: (input: Input) => void; pending: boolean } {
  const [pending, startTransition] = useTransition();
  const run = (input: Input) => {
    if (pending) return;
    startTransition(async () => {
      const result = await reaching(() => action(input));
      if (result.ok) handlers.onSuccess?.(result.value);
      else if (handlers.onError === undefined) toast.error(result.error.message);
      else handlers.onError(result.error);
    });
  };
  return { run, pending };
}
