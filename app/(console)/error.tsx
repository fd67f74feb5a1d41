"use client";
import { digestOf, ErrorState } from "@/components/ui/error-state";

/** A page failed: the frame stays, so that one can go elsewhere. */
export default function ConsoleError({ error, retry }: { error: unknown; retry: () => void }) {
  return <ErrorState digest={digestOf(error)} retry={retry} />;
}
