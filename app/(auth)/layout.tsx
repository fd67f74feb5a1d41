import type { ReactNode } from "react";

import { Logo } from "@/components/shell/logo";

/** The frame of what is seen before signing in: one column, nothing to distract. */
export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col bg-canvas">
      <main className="flex flex-1 flex-col items-center justify-center px-4 py-12">
        <div className="flex w-full max-w-sm flex-col gap-7">
          <Logo className="size-9" />
          {children}
        </div>
      </main>
      <footer className="px-4 pb-6 text-center text-xs text-faint">Remit: an agent acts only within its remit.</footer>
    </div>
  );
}
