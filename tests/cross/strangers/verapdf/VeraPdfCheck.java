import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** veraPDF judges each PDF against PDF/A-3B (ISO 19005-3) and names each rule that is broken: VeraPdfCheck FILE... */
public final class VeraPdfCheck {
  private static int passed;
  private static int failed;

  public static void main(String[] files) throws Exception {
    Logger.getLogger("").setLevel(Level.OFF);
    VeraGreenfieldFoundryProvider.initialise();
    for (String file : files) {
      String name = "veraPDF, " + Path.of(file).getFileName();
      byte[] pdf = Files.readAllBytes(Path.of(file));
      Set<String> broken = brokenRules(pdf);
      check(name + ": PDF/A-3B", broken.isEmpty(), broken);
      // The same length, so that everything stays at its offset.
      breaks(name + ": claim taken back", replace(pdf, "pdfaid:part", "pdfaid:tarp"), "6.6.4");
      breaks(name + ": output intent hidden", replace(pdf, "/OutputIntents", "/OutputIntenzs"), "6.2.4.3");
    }
    System.out.println(passed + " passed, " + failed + " failed");
    System.exit(failed == 0 && passed > 0 ? 0 : 1);
  }

  private static Set<String> brokenRules(byte[] pdf) throws Exception {
    Set<String> broken = new TreeSet<>();
    try (PDFAParser parser = Foundries.defaultInstance().createParser(new ByteArrayInputStream(pdf), PDFAFlavour.PDFA_3_B);
        PDFAValidator validator = Foundries.defaultInstance().createValidator(PDFAFlavour.PDFA_3_B, false)) {
      ValidationResult result = validator.validate(parser);
      for (TestAssertion one : result.getTestAssertions())
        if (one.getStatus() == TestAssertion.Status.FAILED)
          broken.add(one.getRuleId().getClause() + " test " + one.getRuleId().getTestNumber() + ": " + one.getMessage() + " at " + one.getLocation().getContext());
      if (!result.isCompliant() && broken.isEmpty()) broken.add("not compliant");
    }
    return broken;
  }

  private static byte[] replace(byte[] pdf, String what, String with) {
    String text = new String(pdf, StandardCharsets.ISO_8859_1);
    if (!text.contains(what)) throw new IllegalArgumentException("the file lacks " + what);
    return text.replace(what, with).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void breaks(String name, byte[] pdf, String clause) throws Exception {
    Set<String> broken = brokenRules(pdf);
    boolean named = broken.stream().anyMatch(rule -> rule.startsWith(clause + " "));
    check(name, named, named ? Set.of() : broken);
  }

  private static void check(String name, boolean good, Set<String> broken) {
    if (good) passed++;
    else failed++;
    System.out.println((good ? "ok      " : "FAILED  ") + name);
    broken.forEach(rule -> System.out.println("        " + rule));
  }
}
