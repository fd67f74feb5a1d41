"use client";
import { AlertDialog as AlertPrimitive } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { HotkeyScope } from "@/components/hotkeys/hotkeys";
import { cn } from "./cn";
import { modalClasses, scrimClasses } from "./dialog";
import { useFocusBack } from "./use-focus-back";

export const AlertDialog = AlertPrimitive.Root;
export const AlertDialogTrigger = AlertPrimitive.Trigger;
export const AlertDialogAction = AlertPrimitive.Action;
export const AlertDialogCancel = AlertPrimitive.Cancel;

export interface AlertDialogContentProps extends Omit<ComponentProps<typeof AlertPrimitive.Content>, "title"> {
  title: ReactNode;
  description: ReactNode;
}

/** Interrupts. Only for what cannot be undone (see ReasonDialog in components/form); everything else offers an undo. */
export function AlertDialogContent({ title, description, className, children, ...props }: AlertDialogContentProps) {
  const { remember, giveBack } = useFocusBack();
  return (
    <AlertPrimitive.Portal>
      <AlertPrimitive.Overlay className={scrimClasses} />
      <AlertPrimitive.Content
        className={cn(modalClasses, className)}
        onOpenAutoFocus={remember}
        onCloseAutoFocus={giveBack}
        {...props}
      >
        <HotkeyScope>
          <header className="px-5 pb-3 pt-4">
            <AlertPrimitive.Title className="text-base font-semibold">{title}</AlertPrimitive.Title>
            <AlertPrimitive.Description className="mt-1 text-sm text-muted">{description}</AlertPrimitive.Description>
          </header>
          {children}
        </HotkeyScope>
      </AlertPrimitive.Content>
    </AlertPrimitive.Portal>
  );
}
