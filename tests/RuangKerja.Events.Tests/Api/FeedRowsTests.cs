using System.Text.Json;
using RuangKerja.Events.Api;

namespace RuangKerja.Events.Tests.Api;

public sealed class FeedRowsTests
{
    [Theory]
    [InlineData("""{"employeeID":5}""", "employeeID is a number, expected a string")]
    [InlineData("""{"status":true}""", "status is a boolean, expected a string")]
    [InlineData("""{"courseName":["a"]}""", "courseName is an array, expected a string")]
    [InlineData("""{"updatedAt":{}}""", "updatedAt is an object, expected a string")]
    [InlineData("""{"courseName":"a\ud83d"}""", "courseName holds half a surrogate pair, which is no text")]
    [InlineData("""{"status":"a","status":"b"}""", "status appears more than once")]
    [InlineData("7", "the item is a number, expected an object")]
    [InlineData("null", "the item is null, expected an object")]
    [InlineData("[]", "the item is an array, expected an object")]
    public void Type_fault_is_told_in_the_row(string item, string malformation)
    {
        var row = Read(item).ShouldHaveSingleItem();

        row.Malformations.ShouldBe([malformation]);
        row.Raw.ShouldBe(item);
        string?[] values =
        [
            row.AssignedCourseSerial,
            row.EmployeeId,
            row.CourseName,
            row.CompletedAt,
            row.UpdatedAt,
            row.Status,
        ];
        values.ShouldAllBe(value => value == null);
    }

    [Fact]
    public void Faulty_row_leaves_its_neighbours_and_its_other_fields_alone()
    {
        var rows = Read("""{"employeeID":"a","status":1}""", "false", """{"employeeID":"c"}""");

        rows.Select(row => row.EmployeeId).ShouldBe(["a", null, "c"]);
        rows.Select(row => row.Malformations.Count).ShouldBe([1, 1, 0]);
    }

    [Fact]
    public void Null_and_absent_fields_are_null()
    {
        var row = Read("""{"employeeID":null,"extra":{"deep":[1]},"\ud800":1}""").Single();

        row.EmployeeId.ShouldBeNull();
        row.Status.ShouldBeNull();
        row.Malformations.ShouldBeEmpty();
    }

    [Fact]
    public void Escaped_text_is_read_and_kept_as_it_came()
    {
        var row = Read("""{ "course\u004eame" : "\u00c9tude \ud83d\ude00" }""").Single();

        row.CourseName.ShouldBe("Étude 😀");
        row.Raw.ShouldBe("""{ "course\u004eame" : "\u00c9tude \ud83d\ude00" }""");
    }

    private static List<FeedRow> Read(params string[] items)
    {
        using var document = JsonDocument.Parse($"[{string.Join(',', items)}]");
        return FeedRows.Read(document.RootElement);
    }
}
