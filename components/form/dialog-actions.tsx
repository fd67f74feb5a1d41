import type { ReactNode } from "react";

import { Button } from "@/components/ui/button";
import { DialogClose, DialogFooter } from "@/components/ui/dialog";

/** The foot of a dialog with a form: the way back, then what sends it. */
export function DialogActions({ children }: { children: ReactNode }) {
  return (
    <DialogFooter>
      <DialogClose asChild>
        <Button variant="ghost">Cancel</Button>
      </DialogClose>
      {children}
    </DialogFooter>
  );
}
