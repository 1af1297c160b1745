package org.encore.listeners.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Optional;

import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.api.option.Contact;
import org.encore.listeners.mlflow.MlflowListener;
import org.encore.listeners.mlflow.MlflowOptions;
import org.encore.listeners.tensorboard.TensorBoardListener;
import org.junit.jupiter.api.Test;

class MlflowOptionsTest {

    private static MlflowOptions uri(String uri) {
        return new MlflowOptions(uri, Optional.empty());
    }

    @Test
    void bothListenersAreContributedLikeAnyOther() {
        Registry registry = Registry.ofPlatform();
        assertThat(registry.find(ExtensionPoint.RUN_LISTENERS, "mlflow").get()).isInstanceOf(MlflowListener.class);
        assertThat(registry.find(ExtensionPoint.RUN_LISTENERS, "tensorboard").get()).isInstanceOf(TensorBoardListener.class);
        assertThat(registry.problems()).isEmpty();
    }

    @Test
    void onlyAServerIsAContactThatHasToBeTrusted() {
        var listener = new MlflowListener();
        assertThat(listener.contacts(uri("https://tracker.example/mlflow/")))
                .isEqualTo(List.of(new Contact.Address(URI.create("https://tracker.example/mlflow"))));
        assertThat(listener.contacts(uri("mlruns"))).isEmpty();
        assertThat(listener.contacts(uri("/data/mlruns"))).isEmpty();
        assertThat(listener.contacts(uri("file:///data/mlruns"))).isEmpty();
    }

    @Test
    void aPasswordInTheAddressIsRefusedAndNotRepeated() {
        for (String uri : List.of("http://ann:pa55@host:5000", "http://ann:pa 55@host:5000", "https://pa55@host")) {
            assertThatThrownBy(() -> uri(uri)).isInstanceOf(IllegalArgumentException.class).hasMessageNotContaining("55");
        }
        assertThatThrownBy(() -> uri("http://ann:pa55@host:5000")).hasMessage("uri: a name or password does not belong into an experiment file. "
                + "Set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN, where Encore is started");
    }

    @Test
    void whatCannotBeReachedIsRefusedWithWhatWouldDo() {
        assertThatThrownBy(() -> uri("sqlite:///mlflow.db"))
                .hasMessage("uri 'sqlite:…': a folder, or an address that begins with http:// or https:// is needed. "
                + "What MLflow keeps elsewhere is reached through its server: mlflow server --backend-store-uri …");
        assertThatThrownBy(() -> uri("databricks")).hasMessage("uri 'databricks': give the path of a folder, or an address such as http://host:5000");
        assertThatThrownBy(() -> uri("http:///api")).hasMessage("uri: give the address alone, such as http://host:5000, without ? and #");
        assertThatThrownBy(() -> uri("http://host:5000/?a=b")).hasMessage("uri: give the address alone, such as http://host:5000, without ? and #");
        assertThatThrownBy(() -> uri("http://ho st"))
                .hasMessage("uri: Illegal character in authority at character 10; give an address such as http://host:5000");
        assertThatThrownBy(() -> new MlflowOptions("mlruns", Optional.of(" "))).hasMessage("experiment: give a name of 1 to 500 characters");
    }
}
