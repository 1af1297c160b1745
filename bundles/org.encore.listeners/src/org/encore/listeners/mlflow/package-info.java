/**
 * Runs in MLflow, kept in a folder or by a tracking server. {@link org.encore.listeners.mlflow.MlflowSink} takes events and never waits;
 * {@link org.encore.listeners.mlflow.Delivery} hands them on from a thread of its own.
 */
@NullMarked
package org.encore.listeners.mlflow;

import org.jspecify.annotations.NullMarked;
