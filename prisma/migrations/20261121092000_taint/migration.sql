-- AlterTable
ALTER TABLE "run" ADD COLUMN     "inherited_classes" TEXT[] DEFAULT ARRAY[]::TEXT[];
