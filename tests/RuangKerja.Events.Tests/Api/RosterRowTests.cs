using System.Text.Json;
using RuangKerja.Events.Api;

namespace RuangKerja.Events.Tests.Api;

public sealed class RosterRowTests
{
    private const string Good =
        """{"user":{"employeeID":"ID-1"},"preTest":60,"postTest":85.5,"timeSpent":3600,"completedAt":"2022-07-22","status":"completed"}""";

    [Fact]
    public void Well_formed_item_gives_all_its_fields() =>
        RosterRow.Parse(Good).ShouldBe(new RosterRow("ID-1", 60, 85.5, 3600, "2022-07-22", "completed", Good, []));

    [Theory]
    [InlineData("7", "the item is a number, expected an object")]
    [InlineData("null", "the item is null, expected an object")]
    [InlineData("\"x\"", "the item is a string, expected an object")]
    [InlineData("[]", "the item is an array, expected an object")]
    [InlineData("{}", "user is absent, expected an object")]
    [InlineData("""{"user":null}""", "user is null, expected an object")]
    [InlineData("""{"user":"ID-1"}""", "user is a string, expected an object")]
    [InlineData("""{"user":["ID-1"]}""", "user is an array, expected an object")]
    [InlineData("""{"user":{"employeeID":1},"user":{"employeeID":"ID-1"}}""", "user appears more than once")]
    [InlineData("""{"user":{"employeeID":1}}""", "user.employeeID is a number, expected a string")]
    [InlineData(
        """{"user":{"employeeID":"a\ud83d"}}""",
        "user.employeeID holds half a surrogate pair, which is no text"
    )]
    [InlineData("""{"user":{"employeeID":"a","employeeID":"a"}}""", "user.employeeID appears more than once")]
    [InlineData("""{"user":{},"preTest":"60"}""", "preTest is a string, expected a number or null")]
    [InlineData("""{"user":{},"preTest":1e999}""", "preTest is larger than any number that can be kept")]
    [InlineData("""{"user":{},"postTest":true}""", "postTest is a boolean, expected a number or null")]
    [InlineData("""{"user":{},"postTest":1,"postTest":null}""", "postTest appears more than once")]
    [InlineData("""{"user":{},"timeSpent":"3600"}""", "timeSpent is a string, expected a number or null")]
    [InlineData("""{"user":{},"timeSpent":0.5}""", "timeSpent has a fraction, expected a whole number")]
    [InlineData("""{"user":{},"timeSpent":9007199254740993}""", "timeSpent is larger than any number that can be kept")]
    [InlineData("""{"user":{},"timeSpent":1e17}""", "timeSpent is larger than any number that can be kept")]
    [InlineData("""{"user":{},"timeSpent":-1e999}""", "timeSpent is larger than any number that can be kept")]
    [InlineData("""{"user":{},"completedAt":20220722}""", "completedAt is a number, expected a string")]
    [InlineData("""{"user":{},"status":{}}""", "status is an object, expected a string")]
    [InlineData("""{"user":{},"status":"a","stat\u0075s":"a"}""", "status appears more than once")]
    public void Type_fault_is_told_and_its_field_is_null(string item, string malformation)
    {
        var row = RosterRow.Parse(item);

        row.Malformations.ShouldBe([malformation]);
        row.ShouldBe(new RosterRow(null, null, null, null, null, null, item, row.Malformations));
    }

    [Fact]
    public void Each_fault_of_an_item_is_told_and_its_other_fields_are_kept()
    {
        var row = RosterRow.Parse("""{"user":5,"preTest":"x","postTest":70,"status":"failed"}""");

        row.Malformations.ShouldBe([
            "user is a number, expected an object",
            "preTest is a string, expected a number or null",
        ]);
        (row.PostTest, row.Status).ShouldBe((70, "failed"));
    }

    [Fact]
    public void Null_absent_and_unknown_members_are_no_fault()
    {
        var row = RosterRow.Parse(
            """{"user":{"employeeID":null,"name":5,"name":6},"preTest":null,"timeSpent":null,"completedAt":null,"status":null,"\ud800":1,"lastAccessMission":{}}"""
        );

        row.ShouldBe(new RosterRow(null, null, null, null, null, null, row.Raw, []));
    }

    [Theory]
    [InlineData("12", 12)]
    [InlineData("12.0", 12)]
    [InlineData("1.2e1", 12)]
    [InlineData("-1", -1)]
    [InlineData("9007199254740991", 9007199254740991)]
    public void Whole_number_counts_however_it_is_written(string written, long seconds) =>
        RosterRow.Parse($$$"""{"user":{},"timeSpent":{{{written}}}}""").TimeSpentSeconds.ShouldBe(seconds);

    [Fact]
    public void Text_is_kept_to_the_letter_with_the_names_that_are_no_fields()
    {
        const string Item = """{ "user" : {"name":"\u00c9tude 😀","employeeID":"I\u0044-1"}, "preTest":6.0e1 }""";

        var row = RosterRow.Parse(Item);

        (row.EmployeeId, row.PreTest, row.Raw).ShouldBe(("ID-1", 60, Item));
        RosterRow.Parse(row.Raw).ShouldBe(row);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{} {}")]
    public void What_is_no_json_is_not_read(string text) => Should.Throw<JsonException>(() => RosterRow.Parse(text));
}
