/** All that needs TypeORM itself: built into a file of its own, which is loaded where migrations use TypeORM's runner. */
export { EngineObject, fromPlain, toPlain, typeormPackage } from "./objects.js";
export { recordingRunner, Undetermined } from "./recording.js";
