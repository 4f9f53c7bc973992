import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Reads paths of PDF files, a line each, and answers each with a line: checks made, then the PDF/UA-1 clauses broken. */
final class Verify {
    private Verify() {
    }

    public static void main(String[] none) throws Exception {
        Logger.getLogger("").setLevel(Level.OFF);
        VeraGreenfieldFoundryProvider.initialise();
        BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String path = asked.readLine(); path != null; path = asked.readLine()) {
            System.out.println(verdict(new File(path)));
            System.out.flush();
        }
    }

    private static String verdict(File file) {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, PDFAFlavour.PDFUA_1)) {
            ValidationResult result =
                Foundries.defaultInstance().createValidator(PDFAFlavour.PDFUA_1, false).validate(parser);
            TreeSet<String> broken = new TreeSet<>();
            for (TestAssertion one : result.getTestAssertions()) {
                if (one.getStatus() == TestAssertion.Status.FAILED) {
                    broken.add(one.getRuleId().getClause() + "-" + one.getRuleId().getTestNumber());
                }
            }
            if (!result.isCompliant() && broken.isEmpty()) {
                broken.add("not compliant");
            }
            return result.getTotalAssertions() + " " + String.join(" ", broken);
        } catch (Exception error) {
            return "0 unreadable: " + error.toString().replace('\n', ' ');
        }
    }
}
