"use client";
import { LogOut } from "lucide-react";
import { useAction } from "@/components/form/use-action";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { signOutEverywhere } from "../actions";

export function SessionsCard() {
  const { run, pending } = useAction(signOutEverywhere, { onSuccess: () => window.location.assign("/sign-in") });
  return (
    <Card>
      <CardHeader
        title="Sessions"
        description="Ends every session of yours, in this browser too."
        className="border-b-0"
        actions={
          <Button pending={pending} onClick={() => run(null)}>
            <LogOut aria-hidden />
            Sign out everywhere
          </Button>
        }
      />
    </Card>
  );
}
